import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { fullHost } from './istio-hosts';
import { destinationsOf } from './istio-routes';
import { isServiceThere, namespaceOfService } from './known-services';

export const MM505: Rule = {
  code: 'MM505',
  severity: Severity.WARNING,
  title: 'a short host means a Service of another namespace than its author thinks',
  *check(set) {
    for (const { manifest, path, host, service } of destinationsOf(set)) {
      if (service === undefined || host.includes('.') || service.namespace === '' || isServiceThere(set, service)) continue;
      const namespace = namespaceOfService(set, service);
      if (namespace === undefined) continue;
      yield {
        manifest,
        path: [...path, 'host'],
        message: `${fieldText(path)}.host ${quote(host)} stands for a Service of the namespace ${quote(service.namespace)}, that of this VirtualService, and the manifests have one in ${quote(namespace)}: write ${quote(fullHost({ name: service.name, namespace }))}`,
      };
    }
  },
};
