import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';

/** The manifests of each folder that one Argo CD Application would read, by folder; those of no known folder are left out. */
export const manifestsByFolder = perSet((set): ReadonlyMap<string, readonly Manifest[]> =>
  groupBy(
    set.all.filter(({ origin }) => origin.folder !== undefined),
    ({ origin }) => origin.folder!,
  ),
);

/** The manifests that are applied together: those of each folder, and those of no known folder. */
export const manifestsAppliedTogether = perSet((set): readonly (readonly Manifest[])[] => {
  const others = set.all.filter(({ origin }) => origin.folder === undefined);
  return others.length === 0 ? [...manifestsByFolder(set).values()] : [others, ...manifestsByFolder(set).values()];
});
