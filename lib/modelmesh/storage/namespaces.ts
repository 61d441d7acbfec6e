import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { controllerConfigOf } from '../controller-config/controller-config';
import { AUTOSCALING, MESH_LABEL } from '../labels-and-annotations';
import { isAutoscaled } from '../runtime/autoscaling';
import { hasBuiltInAdapter, hasPuller, type Runtime, runtimesOf, servedRuntimesOf } from '../runtime/runtimes';
import { type StorageSecret, storageSecretOf } from './entries';
import { type ModelStorage, modelStoragesOf } from './resolution';

/** A namespace in which ModelMesh serves, as far as the manifests show it. */
export interface StorageNamespace {
  readonly name: string;
  /** The runtimes of the manifests whose pods run here. */
  readonly runtimes: readonly Runtime[];
  /** The storage of the models here. */
  readonly storages: readonly ModelStorage[];
}

/**
 * The namespaces that ModelMesh serves in: those with a multi-model runtime, with a model, or with the label `modelmesh-enabled`. Elsewhere a
 * Secret `storage-config` is KServe's own, which follows other rules.
 */
export const storageNamespacesOf = perSet((set): readonly StorageNamespace[] => {
  const storages = groupBy(modelStoragesOf(set), ({ manifest }) => manifest.namespace);
  const served = servedRuntimesOf(set);
  const own = groupBy(
    served.filter(({ isClusterScoped }) => !isClusterScoped),
    ({ manifest }) => manifest.namespace,
  );
  const shared = served.filter(({ isClusterScoped }) => isClusterScoped);
  const labelled = set.ofKind('', 'Namespace').filter((manifest) => manifest.label(MESH_LABEL) === 'true');
  const names = new Set([...own.keys(), ...storages.keys(), ...labelled.map(({ name }) => name)]);
  const isShadowed = shadowsOf(set);
  return [...names].map((name) => ({
    name,
    runtimes: [...(own.get(name) ?? []), ...shared.filter((runtime) => !isShadowed(name, runtime))],
    storages: storages.get(name) ?? [],
  }));
});

/** The storage Secrets of these namespaces whose entries are in the manifests. */
export const knownSecretsOf = perSet((set): readonly KnownSecret[] => {
  const secrets = storageNamespacesOf(set).map(({ name }) => storageSecretOf(set, name));
  return [...new Set(secrets)].filter((secret): secret is KnownSecret => secret.kind === 'known');
});

/** A storage Secret with its manifest. */
export type KnownSecret = StorageSecret & { readonly manifest: Manifest };

/** Whether the pods of a runtime mount the storage Secret: those with an adapter or with the puller. */
export function mountsStorageSecret(runtime: Runtime): boolean {
  return hasBuiltInAdapter(runtime) || hasPuller(runtime);
}

/** How many pods a runtime has when all of its models are in use. */
export function podsOf(set: ManifestSet, runtime: Runtime): number {
  const { manifest } = runtime;
  const most = Number(manifest.annotation(AUTOSCALING.MAXIMUM));
  return isAutoscaled(runtime) && Number.isInteger(most)
    ? most
    : (manifest.number('spec', 'replicas') ?? controllerConfigOf(set).podsPerRuntime);
}

/** A ServingRuntime takes the place of the ClusterServingRuntime of its name, whatever it says. */
function shadowsOf(set: ManifestSet): (namespace: string, runtime: Runtime) => boolean {
  const own = new Set(
    runtimesOf(set)
      .filter(({ isClusterScoped }) => !isClusterScoped)
      .map(({ manifest }) => `${manifest.namespace}/${manifest.name}`),
  );
  return (namespace, { name }) => own.has(`${namespace}/${name}`);
}
