import { textAt } from '../../manifests/fields';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

const PAIR = ['private_key', 'client_email'] as const;

export const MM314: Rule = {
  code: 'MM314',
  severity: Severity.ERROR,
  title: 'a Google Cloud Storage entry with half of its credentials',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        if ((textAt(entry.fields, 'type') ?? (entry.key === 'default_gcs' ? 'gcs' : '')) !== 'gcs') continue;
        const missing = PAIR.filter((field) => (textAt(entry.fields, field) ?? '') === '');
        if (missing.length !== 1) continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} of type gcs has no ${quote(missing[0])} beside ${quote(PAIR.find((field) => field !== missing[0]))}: loading from it fails; add it, or leave out both for public buckets`,
        };
      }
    }
  },
};
