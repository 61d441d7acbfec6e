import type { FieldPath } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { dnsSubdomainProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import { parseQuantity } from '../kubernetes/quantity';

/** What the API server has against a PersistentVolumeClaim, by what has to be changed. */
export interface ClaimProblem {
  readonly part: 'accessModes' | 'size' | 'field';
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly message: string;
}

const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Filesystem', 'Block'];

/**
 * Everything that the API server refuses in the claims of the manifests.
 *
 * Source: `ValidatePersistentVolumeClaimSpec` in `pkg/apis/core/validation/validation.go` of kubernetes/kubernetes; seen on a real API server.
 */
export const claimProblemsOf = perSet((set): readonly ClaimProblem[] =>
  set
    .ofKind('', 'PersistentVolumeClaim')
    .flatMap((manifest) => [...accessModeProblems(manifest), ...sizeProblems(manifest), ...fieldProblems(manifest)]),
);

function accessModeProblems(manifest: Manifest): ClaimProblem[] {
  const path = ['spec', 'accessModes'];
  const modes = manifest.list(...path);
  const of = (where: FieldPath, message: string): ClaimProblem => ({ part: 'accessModes', manifest, path: where, message });
  if (modes.length === 0)
    return [of(path, 'spec.accessModes is missing: name at least one, e.g. ReadWriteMany, so that pods on several nodes mount the claim')];
  if (modes.length > 1 && modes.includes('ReadWriteOncePod')) {
    return [of(path, 'ReadWriteOncePod is one of several access modes, which it cannot be: use it alone, or leave it out')];
  }
  return modes.flatMap((mode, index) =>
    ACCESS_MODES.some((known) => known === mode)
      ? []
      : [of([...path, index], `access mode ${quote(mode)} is not one that Kubernetes knows: use ${ACCESS_MODES.join(', ')}`)],
  );
}

function sizeProblems(manifest: Manifest): ClaimProblem[] {
  const path = ['spec', 'resources', 'requests', 'storage'];
  const value = manifest.value(...path);
  const problem = (message: string): ClaimProblem[] => [{ part: 'size', manifest, path, message }];
  if (value === undefined) return problem('spec.resources.requests.storage is missing: set the size of the claim, e.g. 10Gi');
  const size = parseQuantity(value);
  if (size === undefined) return problem(`the size of the claim is ${quote(value)}, which is no quantity: write e.g. 10Gi`);
  return size > 0n ? [] : problem(`the size of the claim is ${quote(value)}: use more than 0`);
}

function fieldProblems(manifest: Manifest): ClaimProblem[] {
  const of = (field: string, message: string): ClaimProblem => ({ part: 'field', manifest, path: ['spec', field], message });
  const storageClass = manifest.text('spec', 'storageClassName') ?? '';
  const mode = manifest.value('spec', 'volumeMode');
  const nameProblem = storageClass === '' ? undefined : dnsSubdomainProblem('storage class', storageClass);
  return [
    ...(nameProblem === undefined ? [] : [of('storageClassName', nameProblem)]),
    ...(mode === undefined || VOLUME_MODES.some((known) => known === mode)
      ? []
      : [of('volumeMode', `volumeMode is ${quote(mode)}: use Filesystem, which ModelMesh can mount`)]),
  ];
}
