import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM311: Rule = {
  code: 'MM311',
  severity: Severity.ERROR,
  title: 'a storage key that no Secret can have',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const { key, field } of entries.values()) {
        if (/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/.test(key)) continue;
        yield {
          manifest,
          path: [field, key],
          message: `storage key ${quote(key)} is not valid: the API server refuses the Secret; use 1 to 253 letters, digits, '-', '_' and '.', and do not begin with '..'`,
        };
      }
    }
  },
};
