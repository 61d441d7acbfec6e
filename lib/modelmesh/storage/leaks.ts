import { textAt } from '../../manifests/fields';
import type { StorageEntry } from './entries';

/**
 * The entries of a storage Secret that become claims or not by chance: with a name of their own and no type, beside one of type `pvc`.
 *
 * ModelMesh's controller unmarshals all entries into one Go map, in the random order of another, so that a field which an entry lacks keeps
 * the value of an earlier one.
 *
 * Source: `getPVCs` in `controllers/servingruntime_controller.go` of kserve/modelmesh-serving; seen on a real controller.
 */
export function leakingEntriesOf(entries: ReadonlyMap<string, StorageEntry>): StorageEntry[] {
  const all = [...entries.values()];
  const claims = new Set(all.filter(({ fields }) => textAt(fields, 'type') === 'pvc').map(({ fields }) => textAt(fields, 'name')));
  if (claims.size === 0) return [];
  return all.filter(({ kind, fields }) => {
    const name = textAt(fields, 'name') ?? '';
    return kind === 'object' && lacksType({ fields }) && name !== '' && !claims.has(name);
  });
}

/** Whether an entry says nothing of its type. JSON null empties it, and so is a type. */
export function lacksType({ fields }: Pick<StorageEntry, 'fields'>): boolean {
  return !Object.hasOwn(fields, 'type');
}
