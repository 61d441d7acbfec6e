import { textAt } from '../../manifests/fields';
import { STORAGE_TYPES } from '../../modelmesh/storage/storage-uri';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { meantType } from '../../modelmesh/storage/requirements';
import { modelStoragesOf } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM308: Rule = {
  code: 'MM308',
  severity: Severity.ERROR,
  title: 'a storage type that ModelMesh does not know',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        const type = textAt(entry.fields, 'type');
        if (type === undefined || STORAGE_TYPES.includes(type)) continue;
        yield { manifest, path: entryPath(entry), message: messageOf(`"type" of ${shownEntry(entry)}`, type) };
      }
    }
    for (const { manifest, spec, parameters } of modelStoragesOf(set).filter((storage) => storage.parameters.type !== undefined)) {
      const type = parameters.type!;
      if (STORAGE_TYPES.includes(type)) continue;
      yield { manifest, path: [...spec, 'storage', 'parameters', 'type'], message: messageOf('storage type', type) };
    }
  },
};

function messageOf(what: string, type: string): string {
  const meant = meantType(type, STORAGE_TYPES);
  const remedy = meant === undefined ? `use one of ${STORAGE_TYPES.map(quote).join(', ')}` : `write ${quote(meant)}`;
  return `${what} is ${quote(type)}, which ModelMesh has no provider for: loading fails; ${remedy}`;
}
