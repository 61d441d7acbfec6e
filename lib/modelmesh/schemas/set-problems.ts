import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { DEFINED_KINDS } from './kinds';
import { ANY, type Shape, fields, same } from './shape';
import { fits, type Mistake, type ShapeProblem, shapeProblems } from './shape-problems';

/** A place in a manifest that the API server refuses. */
export interface RefusedField extends ShapeProblem {
  readonly manifest: Manifest;
}

// `metadata` of all kinds. The values of labels and annotations are checked elsewhere.
const OBJECT_META = fields({
  ...same('string', 'name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion'),
  ...same(ANY, 'labels', 'annotations', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'),
  ...same(ANY, 'ownerReferences', 'finalizers', 'managedFields'),
});

const problemsOf = perSet((set): ReadonlyMap<Mistake, readonly RefusedField[]> => {
  const refused: RefusedField[] = [];
  for (const { kind, apiVersion, shape } of DEFINED_KINDS) {
    for (const manifest of set.ofKind('serving.kserve.io', kind)) {
      if (manifest.apiVersion !== apiVersion) continue;
      for (const problem of problemsOfManifest(manifest, shape)) refused.push({ manifest, ...problem });
    }
  }
  return groupBy(refused, ({ mistake }) => mistake);
});

/** The fields of one kind of mistake that ModelMesh's definitions refuse in the manifests of its own kinds. */
export function refusedFields(set: ManifestSet, mistake: Mistake): readonly RefusedField[] {
  return problemsOf(set).get(mistake) ?? [];
}

const NO_PROBLEMS: readonly ShapeProblem[] = [];

function problemsOfManifest(manifest: Manifest, shape: Shape): readonly ShapeProblem[] {
  const metadata = manifest.value('metadata') ?? {};
  if (fits(manifest.fields, shape) && fits(metadata, OBJECT_META)) return NO_PROBLEMS;
  return [...shapeProblems(manifest.fields, shape), ...shapeProblems(metadata, OBJECT_META, ['metadata'])];
}
