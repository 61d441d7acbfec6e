import { textAt } from '../../manifests/fields';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

const PAIR = ['client_certificate', 'client_key'] as const;

export const MM318: Rule = {
  code: 'MM318',
  severity: Severity.ERROR,
  title: 'a web server entry with a client certificate or its key alone',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        if (textAt(entry.fields, 'type') !== 'http' && entry.key !== 'default_http') continue;
        const missing = PAIR.filter((field) => (textAt(entry.fields, field) ?? '') === '');
        if (missing.length !== 1) continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} of type http has no ${quote(missing[0])} beside ${quote(PAIR.find((field) => field !== missing[0]))}: loading from it fails; add it, or leave out both`,
        };
      }
    }
  },
};
