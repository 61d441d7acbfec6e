import type { Manifest } from '../manifests/manifest';
import { perSet } from '../manifests/manifest-set';

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
