import { type FieldPath, type Fields, isFields, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { ISTIO_GROUP } from './asm-platform';
import { entries } from './istio-routes';

/** A patch of an EnvoyFilter that gives clusters subsets. */
export interface SubsetPatch {
  readonly manifest: Manifest;
  /** Way to the entry of `configPatches`. */
  readonly path: FieldPath;
  /** Which proxies it is for: GATEWAY, SIDECAR_INBOUND, SIDECAR_OUTBOUND or ANY. */
  readonly context: string;
  readonly config: Fields;
}

/** The patches that merge `lb_subset_config` into clusters. */
export const subsetPatchesOf = perSet((set): readonly SubsetPatch[] =>
  set.ofKind(ISTIO_GROUP, 'EnvoyFilter').flatMap((manifest) =>
    entries(manifest.fields, ['spec', 'configPatches']).flatMap(({ path, fields }) => {
      const value = valueAt(fields, 'patch', 'value');
      const config = valueAt(value, 'lb_subset_config') ?? valueAt(value, 'lbSubsetConfig');
      if (textAt(fields, 'applyTo') !== 'CLUSTER' || textAt(fields, 'patch', 'operation') !== 'MERGE' || !isFields(config)) return [];
      return [{ manifest, path, context: textAt(fields, 'match', 'context') ?? 'ANY', config }];
    }),
  ),
);
