import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { type Rule, Severity } from '../rule';

export const MM448: Rule = {
  code: 'MM448',
  severity: Severity.WARNING,
  title: 'the manifests hold a credential of etcd',
  *check(set) {
    for (const { manifest, field, connection } of etcdSecretsOf(set)) {
      if (field === undefined || connection === undefined) continue;
      const names = ['password', 'client_key'].filter((name) => typeof connection[name] === 'string' && connection[name] !== '');
      if (names.length === 0) continue;
      yield {
        manifest,
        path: [field, ETCD_KEY],
        message: `${names.map((name) => `"${name}"`).join(' and ')} in ${ETCD_KEY} can be read by everybody who reads these manifests; leave the Secret out of them, and make it with a sealed or external secret`,
      };
    }
  },
};
