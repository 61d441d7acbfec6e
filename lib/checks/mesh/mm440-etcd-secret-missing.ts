import { controllerDeploymentsOf } from '../../modelmesh/installation/namespaces';
import { etcdSecretNameOf } from '../../modelmesh/installation/etcd';
import { hasSecret } from '../../modelmesh/installation/tls';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM440: Rule = {
  code: 'MM440',
  severity: Severity.ERROR,
  title: 'the etcd Secret is missing in the namespace of the controller',
  *check(set) {
    const name = etcdSecretNameOf(set);
    for (const manifest of controllerDeploymentsOf(set)) {
      if (hasSecret(set, manifest.namespace, name)) continue;
      yield {
        manifest,
        path: ['metadata', 'namespace'],
        message: `namespace ${quote(manifest.namespace)} of the controller has no Secret ${quote(name)}: no mesh of the cluster gets runtimes or a Service; add the Secret, with the key etcd_connection`,
      };
    }
  },
};
