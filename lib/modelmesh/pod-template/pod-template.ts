import { type FieldPath, fieldText } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { containerProblems, envProblems, hostPortProblems } from './containers';
import { labelAndPlacementProblems } from './placement';
import { probeProblems } from './probes';
import { resourceProblems } from './resources';
import { securityProblems } from './security';
import { volumeMountProblems, volumeProblems } from './volumes';
import { servedRuntimesOf } from '../runtime/runtimes';

/** What the API server has against the pods that ModelMesh makes of a runtime, by what helps. */
export type PodMistake =
  | 'image'
  | 'mount'
  | 'mountPath'
  | 'volumeName'
  | 'volumeSource'
  | 'volumeField'
  | 'limit'
  | 'amount'
  | 'resourceName'
  | 'portNumber'
  | 'portName'
  | 'containerName'
  | 'label'
  | 'env'
  | 'probe'
  | 'choice'
  | 'placement'
  | 'security';

/** A place that the validation of core/v1 refuses: what is wrong and what to do about it. */
export interface PodProblem {
  readonly mistake: PodMistake;
  readonly path: FieldPath;
  readonly what: string;
  readonly remedy: string;
}

export interface RefusedPodField {
  readonly mistake: PodMistake;
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly message: string;
}

/**
 * Everything in a runtime's spec that ModelMesh hands on to its Deployment, and that makes the API server refuse the Deployment. The
 * controller logs `could not apply the model mesh deployment` then, makes nothing, and tries again for ever.
 *
 * Source: `pkg/apis/core/validation/validation.go` of kubernetes; `controllers/modelmesh/runtime.go` of kserve/modelmesh-serving.
 */
export function podTemplateProblems(runtime: Manifest, set: ManifestSet): PodProblem[] {
  const containers = runtime.list('spec', 'containers');
  return [
    ...containers.flatMap((container, index) => {
      const path = ['spec', 'containers', index];
      return [
        ...containerProblems(container, path),
        ...volumeMountProblems(container, path, runtime, set),
        ...probeProblems(container, path),
        ...resourceProblems(container, path),
        ...securityProblems(container, path),
      ];
    }),
    ...hostPortProblems(containers),
    ...envProblems(runtime.list('spec', 'builtInAdapter', 'env'), ['spec', 'builtInAdapter', 'env']),
    ...volumeProblems(runtime),
    ...labelAndPlacementProblems(runtime),
  ];
}

const problemsOf = perSet((set): ReadonlyMap<PodMistake, readonly RefusedPodField[]> => {
  const refused = servedRuntimesOf(set).flatMap(({ manifest }) =>
    podTemplateProblems(manifest, set).map(({ mistake, path, what, remedy }) => ({
      mistake,
      manifest,
      path,
      message: `${fieldText(path)} ${what}, so the API server refuses the pods of the runtime: ${remedy}`,
    })),
  );
  return groupBy(refused, ({ mistake }) => mistake);
});

/** The fields of one kind of mistake in all runtimes that ModelMesh makes Deployments of. */
export function refusedPodFields(set: ManifestSet, mistake: PodMistake): readonly RefusedPodField[] {
  return problemsOf(set).get(mistake) ?? [];
}
