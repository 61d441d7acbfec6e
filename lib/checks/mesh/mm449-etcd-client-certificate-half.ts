import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { type Rule, Severity } from '../rule';

export const MM449: Rule = {
  code: 'MM449',
  severity: Severity.ERROR,
  title: 'the connection to etcd has a client key or a client certificate, but not both',
  *check(set) {
    for (const { manifest, field, connection, isCopy } of etcdSecretsOf(set)) {
      if (isCopy || field === undefined || connection === undefined) continue;
      const has = (name: string): boolean =>
        [name, `${name}_file`].some((key) => typeof connection[key] === 'string' && connection[key] !== '');
      if (has('client_key') === has('client_certificate')) continue;
      const [present, missing] = has('client_key') ? ['client_key', 'client_certificate'] : ['client_certificate', 'client_key'];
      yield {
        manifest,
        path: [field, ETCD_KEY],
        message: `"${present}" is set without "${missing}": the controller refuses to connect to etcd; add "${missing}"`,
      };
    }
  },
};
