import { type FieldPath, isFields, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';

/** A ServingRuntime or ClusterServingRuntime as ModelMesh's controller sees it. */
export interface Runtime {
  readonly manifest: Manifest;
  readonly name: string;
  /** Whether it is a ClusterServingRuntime. */
  readonly isClusterScoped: boolean;
  /** `spec.multiModel` is true; ModelMesh ignores all others. */
  readonly isMultiModel: boolean;
  /** `spec.disabled` is true: its Deployment is deleted. */
  readonly isDisabled: boolean;
}

/** A container of a runtime, or an entry of one of its lists, and where it stands. */
export interface Entry {
  readonly path: FieldPath;
  readonly fields: unknown;
  /** Its name; empty when it has none. */
  readonly name: string;
}

/** All runtimes of the manifests, whether ModelMesh serves them or not. */
export const runtimesOf = perSet((set): readonly Runtime[] =>
  [...set.ofKind('serving.kserve.io', 'ClusterServingRuntime'), ...set.ofKind('serving.kserve.io', 'ServingRuntime')].map((manifest) => ({
    manifest,
    name: manifest.name,
    isClusterScoped: manifest.kind === 'ClusterServingRuntime',
    isMultiModel: manifest.isTrue('spec', 'multiModel'),
    isDisabled: manifest.isTrue('spec', 'disabled'),
  })),
);

/** The runtimes that ModelMesh makes Deployments of: multi-model and not disabled. */
export const servedRuntimesOf = perSet((set): readonly Runtime[] =>
  runtimesOf(set).filter((runtime) => runtime.isMultiModel && !runtime.isDisabled),
);

/** The containers of a runtime. */
export function containersOf({ manifest }: Runtime): readonly Entry[] {
  return entriesOf(manifest.list('spec', 'containers'), ['spec', 'containers']);
}

/** The entries of a list of named things, such as volumes or ports. */
export function entriesOf(list: readonly unknown[], path: FieldPath): readonly Entry[] {
  return list.map((fields, index) => ({ path: [...path, index], fields, name: textAt(fields, 'name') ?? '' }));
}

/** Whether a built-in adapter runs beside the model server. */
export function hasBuiltInAdapter({ manifest }: Runtime): boolean {
  return isFields(manifest.value('spec', 'builtInAdapter'));
}

/**
 * Whether ModelMesh's puller fetches the models: unless a built-in adapter does, or the storage helper is switched off.
 *
 * Source: `useStorageHelper` in `controllers/modelmesh/util.go` of kserve/modelmesh-serving.
 */
export function hasPuller(runtime: Runtime): boolean {
  return !hasBuiltInAdapter(runtime) && !runtime.manifest.isTrue('spec', 'storageHelper', 'disabled');
}

/** The server type of the built-in adapter; empty when it names none. */
export function serverTypeOf({ manifest }: Runtime): string {
  return manifest.text('spec', 'builtInAdapter', 'serverType') ?? '';
}

/** The container that the built-in adapter takes for the model server: of several of its name the last one. */
export function serverContainerOf(runtime: Runtime): Entry | undefined {
  if (!hasBuiltInAdapter(runtime)) return undefined;
  const serverType = serverTypeOf(runtime);
  return containersOf(runtime)
    .filter(({ name }) => name === serverType)
    .at(-1);
}
