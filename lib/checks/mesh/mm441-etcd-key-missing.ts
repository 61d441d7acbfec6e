import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM441: Rule = {
  code: 'MM441',
  severity: Severity.ERROR,
  title: 'the etcd Secret lacks the key etcd_connection',
  *check(set) {
    for (const { manifest, field, isCopy } of etcdSecretsOf(set)) {
      if (isCopy || field !== undefined) continue;
      yield {
        manifest,
        path: [manifest.value('data') !== undefined && manifest.value('stringData') === undefined ? 'data' : 'stringData', ETCD_KEY],
        message: `key ${quote(ETCD_KEY)} is missing: no mesh of the cluster gets runtimes or a Service; add it, with a JSON object that has "endpoints"`,
      };
    }
  },
};
