import { textAt } from '../../manifests/fields';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { AZURE_PRINCIPAL_FIELDS } from '../../modelmesh/storage/requirements';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM316: Rule = {
  code: 'MM316',
  severity: Severity.WARNING,
  title: 'an Azure entry with a part of its credentials goes in anonymously',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        const isAzure = textAt(entry.fields, 'type') === 'azure' || entry.key === 'default_azure';
        if (!isAzure || (textAt(entry.fields, 'connection_string') ?? '') !== '') continue;
        const missing = AZURE_PRINCIPAL_FIELDS.filter((field) => (textAt(entry.fields, field) ?? '') === '');
        if (missing.length === 0 || missing.length === AZURE_PRINCIPAL_FIELDS.length) continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} of type azure has no ${missing.map(quote).join(', ')}: ModelMesh ignores the other credentials and asks for the blobs anonymously; add ${missing.length === 1 ? 'it' : 'them'}, or use 'connection_string'`,
        };
      }
    }
  },
};
