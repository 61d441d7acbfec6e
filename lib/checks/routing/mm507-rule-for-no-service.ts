import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { fullHost, halfNamedService, serviceEntryHosts, serviceOfHost } from './istio-hosts';
import { destinationRulesOf } from './istio-routes';
import { isServiceThere, namespaceOfService, type ServiceName } from './known-services';
import type { ManifestSet } from '../../manifests/manifest-set';

export const MM507: Rule = {
  code: 'MM507',
  severity: Severity.WARNING,
  title: 'the host of a DestinationRule is not the Service that is meant',
  *check(set) {
    for (const manifest of destinationRulesOf(set)) {
      const host = manifest.text('spec', 'host');
      if (host === undefined || manifest.namespace === '' || serviceEntryHosts(set).has(host)) continue;
      const meant = meantService(set, host, manifest.namespace);
      if (meant === undefined) continue;
      yield {
        manifest,
        path: ['spec', 'host'],
        message: `spec.host ${quote(host)} names no Service of the namespace ${quote(manifest.namespace)}, so the rule is for nothing: write ${quote(fullHost(meant))}`,
      };
    }
  },
};

function meantService(set: ManifestSet, host: string, namespace: string): ServiceName | undefined {
  const half = halfNamedService(host);
  if (half !== undefined) return isServiceThere(set, half) ? half : undefined;
  const service = host.includes('.') ? undefined : serviceOfHost(host, namespace);
  if (service === undefined || isServiceThere(set, service)) return undefined;
  const elsewhere = namespaceOfService(set, service);
  return elsewhere === undefined ? undefined : { name: service.name, namespace: elsewhere };
}
