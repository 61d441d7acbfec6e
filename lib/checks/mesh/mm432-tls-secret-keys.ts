import { secretKeys } from '../../modelmesh/kubernetes/secret-values';
import { TLS_KEYS, tlsSecretsOf } from '../../modelmesh/installation/tls';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM432: Rule = {
  code: 'MM432',
  severity: Severity.ERROR,
  title: 'the Secret with the certificate lacks tls.crt or tls.key',
  *check(set) {
    for (const manifest of tlsSecretsOf(set)) {
      const keys = secretKeys(manifest);
      const missing = TLS_KEYS.filter((key) => !keys.has(key));
      if (missing.length === 0) continue;
      yield {
        manifest,
        path: [manifest.value('stringData') !== undefined && manifest.value('data') === undefined ? 'stringData' : 'data', missing[0]!],
        message: `key${missing.length > 1 ? 's' : ''} ${missing.map(quote).join(' and ')} missing in the Secret of tls.secretName: the runtime pods and the controller find no certificate there; add ${missing.length > 1 ? 'them' : 'it'}`,
      };
    }
  },
};
