import { isBase64, isPlaceholder } from '../../modelmesh/storage/entries';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM310: Rule = {
  code: 'MM310',
  severity: Severity.ERROR,
  title: 'data of the storage Secret that is no base64',
  *check(set) {
    for (const { manifest } of knownSecretsOf(set)) {
      for (const [key, value] of Object.entries(manifest.map('data'))) {
        if (typeof value !== 'string' || isBase64(value) || isPlaceholder(value)) continue;
        yield {
          manifest,
          path: ['data', key],
          message: `storage entry ${quote(key)} is in data but is no base64: the API server refuses the Secret; move it to stringData as it is, or encode it`,
        };
      }
    }
  },
};
