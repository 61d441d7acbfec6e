import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM443: Rule = {
  code: 'MM443',
  severity: Severity.ERROR,
  title: 'the connection to etcd has no endpoints',
  *check(set) {
    for (const { manifest, field, connection, isCopy } of etcdSecretsOf(set)) {
      if (isCopy || field === undefined || connection === undefined) continue;
      const endpoints = Object.entries(connection).find(([name]) => name.toLowerCase() === 'endpoints')?.[1];
      if (typeof endpoints === 'string' && endpoints.replace(/[\s,]/g, '') !== '') continue;
      yield {
        manifest,
        path: [field, ETCD_KEY],
        message: `"endpoints" is missing in ${quote(ETCD_KEY)}: neither the controller nor a runtime pod finds etcd, and no model is loaded; add it, e.g. "http://etcd.etcd-namespace:2379"`,
      };
    }
  },
};
