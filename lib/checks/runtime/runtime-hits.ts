import type { FieldPath } from '../../manifests/fields';
import type { ManifestSet } from '../../manifests/manifest-set';
import { type Runtime, servedRuntimesOf } from '../../modelmesh/runtime/runtimes';
import type { Hit } from '../rule';

/** A mistake in a runtime. */
export interface Mistake {
  readonly path: FieldPath;
  readonly message: string;
}

/** A hit for every mistake in the runtimes that ModelMesh makes Deployments of. */
export function hitsInServed(set: ManifestSet, find: (runtime: Runtime) => Iterable<Mistake>): Iterable<Hit> {
  return hitsIn(servedRuntimesOf(set), find);
}

/** A hit for every mistake in some runtimes. */
export function* hitsIn(runtimes: readonly Runtime[], find: (runtime: Runtime) => Iterable<Mistake>): Iterable<Hit> {
  for (const runtime of runtimes) for (const mistake of find(runtime)) yield { manifest: runtime.manifest, ...mistake };
}
