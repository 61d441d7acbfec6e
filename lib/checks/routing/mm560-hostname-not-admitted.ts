import { listAt, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { listenersOfParent, parentsOf, takesListenerSets } from './gateway-api-routes';
import { hostsOverlap } from './istio-hosts';
import { textsOf } from './istio-routes';

export const MM560: Rule = {
  code: 'MM560',
  severity: Severity.ERROR,
  title: 'no listener of the Gateway has a hostname of the route',
  *check(set) {
    for (const parent of parentsOf(set)) {
      const { manifest, path, gateway } = parent;
      const hostnames = textsOf(manifest.list('spec', 'hostnames'));
      if (gateway === undefined || hostnames.length === 0 || takesListenerSets(gateway)) continue;
      const listeners = listenersOfParent(parent).map(({ fields }) => textAt(fields, 'hostname') ?? '*');
      if (listeners.length === 0 || listeners.some((host) => hostnames.some((other) => hostsOverlap(host, other)))) continue;
      const known = [...new Set(listeners)].slice(0, 8).map(quote);
      yield {
        manifest,
        path: listAt(manifest.fields, 'spec', 'hostnames').length === 0 ? path : ['spec', 'hostnames'],
        message: `spec.hostnames ${hostnames.slice(0, 8).map(quote).join(', ')} have nothing in common with ${known.join(', ')} of ${gateway.title}, so the route is not accepted: use a hostname of the listener`,
      };
    }
  },
};
