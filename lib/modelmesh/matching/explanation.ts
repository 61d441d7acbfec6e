import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { quote } from '../../values/problems';
import { formatLabels, type ListedFormat, type ModelType, modelTypeText } from '../runtime/labels';
import { hasLabelsFor, type MeshRuntime, runtimesIn, RuntimeState } from './matching';
import { type MatchedModel, matchedModelsOf } from './matched-models';

/** Why a runtime gets no model of a type. The further up, the less is missing. */
export enum MissReason {
  /** Its labels fit, but the controller refuses it. */
  REFUSED,
  /** Its labels fit, but it is disabled, or it is no multi-model runtime. */
  OFF,
  /** Its labels fit, but a runtime of the namespace hides it, and is switched off or offers something else. */
  HIDDEN,
  /** It selects the format, but does not list the protocol that the model asks for. */
  PROTOCOL,
  /** It lists the format, but selects it for no model by itself. */
  NOT_SELECTED,
  /** It lists the format in other versions only. */
  VERSION,
  /** It lists a format whose name differs in upper and lower case only. */
  CASE,
  /** It does not list the format. */
  FORMAT,
  /** The model names another runtime. */
  OTHER_NAME,
}

/** A runtime that gets no model of a type, and why. */
export interface Miss {
  readonly runtime: MeshRuntime;
  readonly reason: MissReason;
  /** The formats of the runtime that come next to that of the model: those of its name, exactly or but for upper and lower case. */
  readonly formats: readonly ListedFormat[];
}

/** Why a runtime gets no model of a type, or undefined when it may get it. */
export function missOf(runtime: MeshRuntime, type: ModelType): Miss | undefined {
  if (hasLabelsFor(runtime, type)) {
    if (runtime.state === RuntimeState.SERVED) return undefined;
    return { runtime, reason: runtime.state === RuntimeState.REFUSED ? MissReason.REFUSED : MissReason.OFF, formats: [] };
  }
  if (runtime.hides !== undefined && hasLabelsFor(runtime.hides, type)) return { runtime, reason: MissReason.HIDDEN, formats: [] };
  if (type.runtime !== undefined) return { runtime, reason: MissReason.OTHER_NAME, formats: [] };
  return { runtime, ...formatMiss(runtime.offer.formats, type) };
}

function formatMiss(formats: readonly ListedFormat[], type: ModelType): Omit<Miss, 'runtime'> {
  const label = modelTypeText({ format: type.format, version: type.version });
  const exact = formats.filter((format) => formatLabels(format).includes(label));
  if (exact.some(({ autoSelect }) => autoSelect)) return { reason: MissReason.PROTOCOL, formats: exact };
  if (exact.length > 0) return { reason: MissReason.NOT_SELECTED, formats: exact };
  const sameName = formats.filter(({ name }) => name === type.format);
  if (sameName.length > 0) return { reason: MissReason.VERSION, formats: sameName };
  const similar = formats.filter(({ name }) => name.toLowerCase() === type.format.toLowerCase());
  return similar.length > 0 ? { reason: MissReason.CASE, formats: similar } : { reason: MissReason.FORMAT, formats: [] };
}

/** The runtimes of a namespace that get no model of a type, those first that miss least. */
export function missesOf(set: ManifestSet, namespace: string, type: ModelType): Miss[] {
  return runtimesIn(set, namespace)
    .all.map((runtime) => missOf(runtime, type))
    .filter((miss) => miss !== undefined)
    .sort((a, b) => rank(a) - rank(b));
}

// What a runtime without pods would need beside is of no help, unless its labels fit; and a single-model runtime is no runtime of a mesh.
function rank({ runtime, reason }: Miss): number {
  if (reason === MissReason.OFF && runtime.state === RuntimeState.SINGLE_MODEL) return MissReason.FORMAT - 0.5;
  return reason > MissReason.HIDDEN && runtime.state !== RuntimeState.SERVED ? reason + MissReason.OTHER_NAME : reason;
}

/** A model that no runtime serves, and what comes next to it. */
export interface UnservedModel extends MatchedModel {
  /** The runtimes of its namespace, those first that miss least. */
  readonly misses: readonly Miss[];
}

/** The models that no runtime can serve; those that a runtime may serve of which nothing is known are not among them. */
export const unservedModelsOf = perSet((set): readonly UnservedModel[] => {
  const known = new Map<string, readonly Miss[]>();
  return matchedModelsOf(set)
    .filter(({ match }) => match.candidates.length === 0 && !match.mayBeUnknown)
    .map((model) => {
      const key = JSON.stringify([model.namespace, modelTypeText(model.type)]);
      const misses = known.get(key) ?? missesOf(set, model.namespace, model.type);
      known.set(key, misses);
      return { ...model, misses };
    });
});

/** Those of the unserved models that name no runtime, and whose next runtime misses them for one reason. */
export function unservedFor(set: ManifestSet, reason: MissReason): readonly UnservedModel[] {
  return unservedModelsOf(set).filter((model) => model.type.runtime === undefined && nextReason(set, model) === reason);
}

/** The unserved models that name no runtime in a namespace that has none, nor one that would do if it were switched on. */
export function unservedWithoutRuntime(set: ManifestSet): readonly UnservedModel[] {
  return unservedModelsOf(set).filter((model) => model.type.runtime === undefined && nextReason(set, model) === undefined);
}

// What a runtime misses that is switched off anyway is no advice.
function nextReason(set: ManifestSet, { namespace, misses }: UnservedModel): MissReason | undefined {
  const reason = misses[0]?.reason;
  return reason !== undefined && reason > MissReason.HIDDEN && hasNoRuntime(set, namespace) ? undefined : reason;
}

// Those that the controller refuses are to be mended, and count.
function hasNoRuntime(set: ManifestSet, namespace: string): boolean {
  return !runtimesIn(set, namespace).all.some(isMeant);
}

function isMeant({ state }: MeshRuntime): boolean {
  return state === RuntimeState.SERVED || state === RuntimeState.REFUSED;
}

/** The names of the formats that the runtimes of a namespace select, quoted, in the order of the alphabet. */
export function selectedFormats(set: ManifestSet, namespace: string): string[] {
  const served = runtimesIn(set, namespace).all.filter(isMeant);
  const names = served.flatMap(({ offer }) => offer.formats.filter(({ autoSelect }) => autoSelect).map(({ name }) => name));
  return [...new Set(names)].sort().map(quote);
}
