import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { controllerConfigOf } from '../controller-config/controller-config';
import { isSupported, type ModelType, modelTypeText, neededLabels, offerOf, runtimeLabels, type RuntimeOffer } from '../runtime/labels';
import { type Runtime, runtimesOf, serverTypeOf } from '../runtime/runtimes';
import { SHIPPED_RUNTIMES } from '../runtime/shipped-runtimes';
import { refusalsOf } from '../runtime/validation';

/** Whether ModelMesh has pods of a runtime, or can make them. */
export enum RuntimeState {
  SERVED = 'served',
  /** `spec.disabled` is true. */
  DISABLED = 'disabled',
  /** `spec.multiModel` is not true: the runtime is none of ModelMesh's. */
  SINGLE_MODEL = 'single-model',
  /** The controller refuses it, in its log alone. Its labels count all the same, but no pod bears them. */
  REFUSED = 'refused',
}

/** A runtime as models of one namespace meet it. */
export interface MeshRuntime {
  readonly name: string;
  readonly state: RuntimeState;
  readonly offer: RuntimeOffer;
  readonly labels: ReadonlySet<string>;
  /** Server behind its built-in adapter; empty without one. */
  readonly serverType: string;
  /** Why the controller refuses it. */
  readonly refusals: readonly string[];
  /** Its manifest. @default - it is one of those that ModelMesh itself installs */
  readonly runtime?: Runtime;
  /** The cluster-wide runtime of the same name that it hides from its namespace. @default - none */
  readonly hides?: MeshRuntime;
}

/** The runtimes that models of one namespace meet. */
export interface RuntimesOfNamespace {
  readonly all: readonly MeshRuntime[];
  readonly byName: ReadonlyMap<string, MeshRuntime>;
  /** Runtimes that others install, of which nothing but the name is known. */
  readonly unknown: ReadonlySet<string>;
}

/** What serves a model. */
export interface Match {
  /** The runtimes whose pods may get it: ModelMesh prefers none of them. */
  readonly candidates: readonly MeshRuntime[];
  /** Whether a runtime of which nothing is known may serve it too. */
  readonly mayBeUnknown: boolean;
}

interface World {
  /** The cluster-wide runtimes: those of the manifests over those that ModelMesh installs. */
  readonly cluster: ReadonlyMap<string, MeshRuntime>;
  readonly byNamespace: ReadonlyMap<string, readonly MeshRuntime[]>;
  /** Names of the runtimes of which nothing else is known, by namespace; the empty one holds the cluster-wide ones. */
  readonly unknown: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of the runtimes of the manifests that name their namespace. */
  readonly named: readonly string[];
  readonly cache: Map<string, RuntimesOfNamespace>;
  /** By namespace and type of model. */
  readonly matches: Map<string, Map<string, Match>>;
}

const worldOf = perSet((set): World => {
  const shared = runtimesOf(set).filter(({ isClusterScoped }) => isClusterScoped);
  const cluster = new Map(
    [...shippedRuntimes(set), ...shared.map((runtime) => meshRuntimeOf(set, runtime))].map((runtime) => [runtime.name, runtime]),
  );
  const own = groupBy(
    runtimesOf(set).filter(({ isClusterScoped }) => !isClusterScoped),
    ({ manifest }) => manifest.namespace,
  );
  const byNamespace = new Map([...own].map(([namespace, runtimes]) => [namespace, runtimes.map((runtime) => meshRuntimeOf(set, runtime))]));
  const named = [...byNamespace].flatMap(([namespace, runtimes]) => (namespace === '' ? [] : runtimes.map(({ name }) => name)));
  return { cluster, byNamespace, unknown: unknownRuntimes(set), named, cache: new Map(), matches: new Map() };
});

/**
 * The runtimes that models of a namespace meet, merged by name as ModelMesh merges them: cluster-wide ones first, then those of the namespace over
 * them, whatever their state. A disabled or single-model runtime of the namespace therefore switches the cluster-wide one off there.
 *
 * Source: `Reconcile` in `controllers/servingruntime_controller.go` of kserve/modelmesh-serving.
 */
export function runtimesIn(set: ManifestSet, namespace: string): RuntimesOfNamespace {
  const world = worldOf(set);
  const known = world.cache.get(namespace) ?? mergeRuntimes(world, namespace);
  world.cache.set(namespace, known);
  return known;
}

/** The runtimes that can serve models of a type in a namespace. */
export function matchOf(set: ManifestSet, namespace: string, type: ModelType): Match {
  const { matches } = worldOf(set);
  const key = modelTypeText(type);
  const known = matches.get(namespace)?.get(key);
  if (known !== undefined) return known;
  const match = findMatch(runtimesIn(set, namespace), type);
  matches.set(namespace, (matches.get(namespace) ?? new Map<string, Match>()).set(key, match));
  return match;
}

/** Whether a runtime's labels are those that models of a type need; pods of it are another question. */
export function hasLabelsFor(runtime: MeshRuntime, type: ModelType): boolean {
  return isSupported(type, runtime.labels);
}

function findMatch({ all, byName, unknown }: RuntimesOfNamespace, type: ModelType): Match {
  const [first] = neededLabels(type);
  const named = first!.startsWith('rt:') ? first!.slice('rt:'.length) : undefined;
  const inQuestion = named === undefined ? all : [byName.get(named)].filter((runtime) => runtime !== undefined);
  return {
    candidates: inQuestion.filter((runtime) => runtime.state === RuntimeState.SERVED && hasLabelsFor(runtime, type)),
    mayBeUnknown: named === undefined ? unknown.size > 0 : unknown.has(named),
  };
}

function mergeRuntimes({ cluster, byNamespace, unknown, named }: World, namespace: string): RuntimesOfNamespace {
  const byName = new Map(cluster);
  // A manifest that names no namespace may land in this one; and if this one has no name, it may be that of any other manifest.
  const stray = namespace === '' ? named : (byNamespace.get('') ?? []).map(({ name }) => name);
  const maybeHere = [...(unknown.get(namespace) ?? []), ...stray];
  // What is known of a cluster-wide runtime says nothing of one in the namespace that has its name.
  for (const name of maybeHere) byName.delete(name);
  for (const runtime of byNamespace.get(namespace) ?? []) {
    const hidden = byName.get(runtime.name);
    byName.set(runtime.name, hidden?.state === RuntimeState.SERVED ? { ...runtime, hides: hidden } : runtime);
  }
  const names = [...(unknown.get('') ?? []), ...maybeHere].filter((name) => !byName.has(name));
  return { all: [...byName.values()], byName, unknown: new Set(names) };
}

function meshRuntimeOf(set: ManifestSet, runtime: Runtime): MeshRuntime {
  const offer = offerOf(runtime.manifest);
  const refusals = refusalsOf(set, runtime);
  return {
    name: runtime.name,
    state: stateOf(runtime, refusals),
    offer,
    labels: runtimeLabels(offer, controllerConfigOf(set).isRestProxyEnabled),
    serverType: serverTypeOf(runtime),
    refusals,
    runtime,
  };
}

function stateOf({ isMultiModel, isDisabled }: Runtime, refusals: readonly string[]): RuntimeState {
  if (!isMultiModel) return RuntimeState.SINGLE_MODEL;
  if (isDisabled) return RuntimeState.DISABLED;
  return refusals.length > 0 ? RuntimeState.REFUSED : RuntimeState.SERVED;
}

function shippedRuntimes(set: ManifestSet): MeshRuntime[] {
  if (!(set.options.hasShippedRuntimes ?? runtimesOf(set).length === 0)) return [];
  const { isRestProxyEnabled, builtInServerTypes } = controllerConfigOf(set);
  return SHIPPED_RUNTIMES.map((offer) => {
    const isRefused = !builtInServerTypes.includes(offer.serverType);
    return {
      name: offer.name,
      state: isRefused ? RuntimeState.REFUSED : RuntimeState.SERVED,
      offer,
      labels: runtimeLabels(offer, isRestProxyEnabled),
      serverType: offer.serverType,
      refusals: isRefused ? [`unknown server type ${offer.serverType}`] : [],
    };
  });
}

function unknownRuntimes(set: ManifestSet): ReadonlyMap<string, ReadonlySet<string>> {
  const unknown = new Map<string, Set<string>>();
  for (const { kind, namespace, name } of set.options.existing ?? []) {
    if (kind !== 'ServingRuntime' && kind !== 'ClusterServingRuntime') continue;
    const place = kind === 'ServingRuntime' ? namespace : '';
    unknown.set(place, (unknown.get(place) ?? new Set<string>()).add(name));
  }
  return unknown;
}
