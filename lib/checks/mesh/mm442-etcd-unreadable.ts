import { ETCD_KEY, etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM442: Rule = {
  code: 'MM442',
  severity: Severity.ERROR,
  title: 'the connection to etcd cannot be read',
  *check(set) {
    for (const { manifest, field, problem, isCopy } of etcdSecretsOf(set)) {
      if (isCopy || field === undefined || problem === undefined) continue;
      yield {
        manifest,
        path: [field, ETCD_KEY],
        message: `${quote(ETCD_KEY)} ${problem}: no mesh of the cluster gets runtimes or a Service; write a JSON object of texts that has "endpoints"`,
      };
    }
  },
};
