import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { secretKeys } from '../../modelmesh/kubernetes/secret-values';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM444: Rule = {
  code: 'MM444',
  severity: Severity.ERROR,
  title: 'the connection to etcd names a file that the Secret lacks',
  *check(set) {
    for (const { manifest, field, connection, isCopy } of etcdSecretsOf(set)) {
      if (isCopy || field === undefined || connection === undefined) continue;
      const keys = secretKeys(manifest);
      for (const name of ['certificate_file', 'client_key_file', 'client_certificate_file']) {
        const key = connection[name];
        if (typeof key !== 'string' || key === '' || keys.has(key)) continue;
        yield {
          manifest,
          path: [field, ETCD_KEY],
          message: `"${name}" names the key ${quote(key)}, which the Secret lacks: the controller cannot connect to etcd; add the key, or write the text itself as "${name.slice(0, -'_file'.length)}"`,
        };
      }
    }
  },
};
