import type { StorageSecret } from '../../modelmesh/storage/entries';
import { type ResolvedModel, resolvedModelsOf } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM322: Rule = {
  code: 'MM322',
  severity: Severity.ERROR,
  title: 'a storage key that the storage Secret does not have',
  *check(set) {
    for (const { storage, resolved } of resolvedModelsOf(set).filter(lacksEntry)) {
      const { secret } = resolved;
      if (storage.key === undefined || secret.kind !== 'known') continue;
      const others = usableKeys(secret);
      const known =
        others.length === 0 ? 'no entries' : `only ${others.slice(0, 5).map(quote).join(', ')}${others.length > 5 ? ' and others' : ''}`;
      yield {
        manifest: storage.manifest,
        path: storage.key.path,
        message: `storage key ${quote(storage.key.name)} is no entry of Secret ${quote(secret.manifest?.name)}, which has ${known}: loading fails; ${others.length === 0 ? 'add it' : 'name one of them, or add it'}`,
      };
    }
  },
};

function lacksEntry({ resolved: { entry } }: ResolvedModel): boolean {
  return entry === undefined || entry.kind === 'null';
}

/** Some keys that a model could name: no more than a message can show, and one. */
function usableKeys({ entries }: StorageSecret): string[] {
  const keys: string[] = [];
  for (const { key, kind } of entries.values()) {
    if (keys.length > 5) break;
    if (kind !== 'null') keys.push(key);
  }
  return keys;
}
