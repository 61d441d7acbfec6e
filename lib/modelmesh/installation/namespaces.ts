import { listAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { CONTROLLER_CONFIG_MAP } from '../controller-config/controller-config';
import { DEPLOYMENT_MODE, MESH_LABEL, MODEL_MESH_MODE } from '../labels-and-annotations';

/** Name of the Deployment of ModelMesh's controller. */
export const CONTROLLER_DEPLOYMENT = 'modelmesh-controller';

/** Whether ModelMesh's controller looks after a namespace, as far as the manifests show it. */
export enum MeshState {
  /** The Namespace carries the label, or the controller lives in it. */
  ENABLED = 'enabled',
  /** The Namespace is among the manifests, and is not taken: nothing in it works. */
  DISABLED = 'disabled',
  /** The Namespace is not among the manifests. */
  UNKNOWN = 'unknown',
}

/** What the manifests, or `existing` objects, show of the namespace of ModelMesh's controller. */
export interface ControllerNamespaces {
  /** The namespaces that hold the controller's Deployment or its ConfigMap; usually one, or none when it is installed by others. */
  readonly names: ReadonlySet<string>;
  /** The only namespace that is served, when the controller's Deployment sets `NAMESPACE_SCOPE` to `true`; labels then mean nothing. */
  readonly onlyNamespace?: string;
}

/** The Deployments of ModelMesh's controller among the manifests. */
export const controllerDeploymentsOf = perSet((set): readonly Manifest[] =>
  set.ofKind('apps', 'Deployment').filter(({ name }) => name === CONTROLLER_DEPLOYMENT),
);

/** A variable that the controller's Deployment sets as plain text. */
export function controllerVariable(deployment: Manifest, name: string): string | undefined {
  const variables = deployment.list('spec', 'template', 'spec', 'containers').flatMap((container) => listAt(container, 'env'));
  return textAt(
    variables.find((variable) => textAt(variable, 'name') === name),
    'value',
  );
}

/** The namespaces that must be those of the controller. */
export const controllerNamespacesOf = perSet((set): ControllerNamespaces => {
  const deployments = controllerDeploymentsOf(set);
  const configs = set.ofKind('', 'ConfigMap').filter(({ name }) => name === CONTROLLER_CONFIG_MAP);
  const existing = (set.options.existing ?? []).filter(
    ({ kind, name }) =>
      (kind === 'Deployment' && name === CONTROLLER_DEPLOYMENT) || (kind === 'ConfigMap' && name === CONTROLLER_CONFIG_MAP),
  );
  return {
    names: new Set([...deployments, ...configs, ...existing].map(({ namespace }) => namespace)),
    onlyNamespace: deployments.find((deployment) => controllerVariable(deployment, 'NAMESPACE_SCOPE') === 'true')?.namespace,
  };
});

/**
 * Whether ModelMesh looks after a namespace.
 *
 * Source: `modelMeshEnabled` in `controllers/util.go` of kserve/modelmesh-serving: the label decides, whatever else it says than `true`;
 * without it the controller takes its own namespace only.
 */
export function meshStateOf(set: ManifestSet, namespace: string): MeshState {
  const { names, onlyNamespace } = controllerNamespacesOf(set);
  if (onlyNamespace !== undefined && onlyNamespace !== '') return namespace === onlyNamespace ? MeshState.ENABLED : stateOfOther(namespace);
  const manifest = set.find('', 'Namespace', '', namespace);
  if (manifest === undefined) return MeshState.UNKNOWN;
  const label = manifest.value('metadata', 'labels', MESH_LABEL);
  // A key without a value: the API server keeps it as an empty text.
  if (label === undefined) return names.has(namespace) ? MeshState.ENABLED : MeshState.DISABLED;
  return label === 'true' ? MeshState.ENABLED : MeshState.DISABLED;
}

// Objects without a namespace are applied into one that the manifests do not name.
function stateOfOther(namespace: string): MeshState {
  return namespace === '' ? MeshState.UNKNOWN : MeshState.DISABLED;
}

/** What of ModelMesh the manifests put into a namespace. */
export interface MeshContents {
  /** Multi-model ServingRuntimes that are not disabled. */
  readonly runtimes: readonly Manifest[];
  /** InferenceServices with the annotation for ModelMesh, and Predictors. */
  readonly models: readonly Manifest[];
}

/**
 * The namespaces that hold something of ModelMesh's, by name, in the order of the manifests: served runtimes or models. Objects that name no
 * namespace are listed under the empty name.
 */
export const meshContentsOf = perSet((set): ReadonlyMap<string, MeshContents> => {
  const contents = new Map<string, { runtimes: Manifest[]; models: Manifest[] }>();
  const of = (namespace: string): { runtimes: Manifest[]; models: Manifest[] } => {
    const found = contents.get(namespace) ?? { runtimes: [], models: [] };
    contents.set(namespace, found);
    return found;
  };
  for (const runtime of set.ofKind('serving.kserve.io', 'ServingRuntime')) {
    if (runtime.isTrue('spec', 'multiModel') && !runtime.isTrue('spec', 'disabled')) of(runtime.namespace).runtimes.push(runtime);
  }
  for (const model of set.ofKind('serving.kserve.io', 'InferenceService')) {
    if (model.annotation(DEPLOYMENT_MODE) === MODEL_MESH_MODE) of(model.namespace).models.push(model);
  }
  for (const model of set.ofKind('serving.kserve.io', 'Predictor')) of(model.namespace).models.push(model);
  return contents;
});

/**
 * The namespaces in which ModelMesh runs a mesh, or would if they are labelled outside of the manifests: those with the label, and those with
 * served runtimes or models that are not known to be switched off. The empty name stands for objects that name no namespace.
 */
export const meshNamespacesOf = perSet((set): ReadonlySet<string> => {
  const labelled = set.ofKind('', 'Namespace').filter((manifest) => manifest.label(MESH_LABEL) === 'true');
  const names = new Set([...labelled.map(({ name }) => name), ...meshContentsOf(set).keys()]);
  return new Set([...names].filter((name) => meshStateOf(set, name) !== MeshState.DISABLED));
});
