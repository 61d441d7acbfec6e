import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM445: Rule = {
  code: 'MM445',
  severity: Severity.ERROR,
  title: 'the connection to etcd names files that other namespaces do not get',
  *check(set) {
    for (const { manifest, field, connection, isCopy, copiedTo } of etcdSecretsOf(set)) {
      if (isCopy || field === undefined || connection === undefined || copiedTo.length === 0) continue;
      for (const name of ['certificate_file', 'client_key_file', 'client_certificate_file']) {
        const key = connection[name];
        if (typeof key !== 'string' || key === '') continue;
        yield {
          manifest,
          path: [field, ETCD_KEY],
          message: `"${name}" is set, but the copy of the Secret in namespace ${quote(copiedTo[0])} has the key ${ETCD_KEY} alone: the runtime pods there cannot connect to etcd; write the text itself as "${name.slice(0, -'_file'.length)}"`,
        };
      }
    }
  },
};
