import { textAt } from '../../manifests/fields';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { StorageEntry } from '../../modelmesh/storage/entries';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { mistakenField, S3_FIELDS } from '../../modelmesh/storage/requirements';
import { modelsByEntryOf } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM312: Rule = {
  code: 'MM312',
  severity: Severity.ERROR,
  title: 'an S3 entry without all that S3 needs',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        const missing = missingIn(set, entry);
        if (missing.length === 0) continue;
        const mistaken = missing.map((field) => mistakenField(entry.fields, field)).filter((name) => name !== undefined);
        const note = mistaken.length === 0 ? '' : ` (ModelMesh does not read ${mistaken.map(quote).join(', ')})`;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} of type s3 has no ${missing.map(quote).join(', ')}: loading from it fails, since ModelMesh knows neither anonymous access nor roles; add ${missing.length === 1 ? 'it' : 'them'}${note}`,
        };
      }
    }
  },
};

/** What the entry lacks and a model does not add; of an entry that no model here uses, what belongs in no model. */
function missingIn(set: ManifestSet, entry: StorageEntry): string[] {
  const type = textAt(entry.fields, 'type') ?? (entry.key === 'default_s3' ? 's3' : undefined);
  if (type !== 's3') return [];
  const models = (modelsByEntryOf(set).get(entry) ?? []).filter(({ resolved }) => resolved.type === 's3');
  return S3_FIELDS.filter((field) => {
    if (textAt(entry.fields, field) !== undefined) return false;
    return models.length === 0
      ? field.includes('access_key')
      : models.some(({ resolved }) => textAt(resolved.parameters, field) === undefined);
  });
}
