import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';

/** The manifests of each folder that one Argo CD Application would read, by folder; those of no known folder are left out. */
export const manifestsByFolder = perSet((set): ReadonlyMap<string, readonly Manifest[]> => {
  const folders = new Map<string, Manifest[]>();
  for (const manifest of set.all) {
    const { folder } = manifest.origin;
    if (folder === undefined) continue;
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [manifest]);
    else list.push(manifest);
  }
  return folders;
});

/** The manifests that are applied together: those of each folder, and those of no known folder. */
export const manifestsAppliedTogether = perSet((set): readonly (readonly Manifest[])[] => {
  const others = set.all.filter(({ origin }) => origin.folder === undefined);
  return others.length === 0 ? [...manifestsByFolder(set).values()] : [others, ...manifestsByFolder(set).values()];
});
