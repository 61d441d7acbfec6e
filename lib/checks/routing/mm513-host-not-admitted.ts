import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { ISTIO_GROUP } from './asm-platform';
import { admits, listenersOf } from './istio-gateways';
import { gatewaysOf, isForSidecars, virtualServicesOf } from './istio-routes';

export const MM513: Rule = {
  code: 'MM513',
  severity: Severity.ERROR,
  title: 'no gateway lets the host of a VirtualService in',
  *check(set) {
    for (const manifest of virtualServicesOf(set)) {
      const gateways = gatewaysOf(manifest);
      const isKnown = gateways.every(({ namespace, name }) => set.find(ISTIO_GROUP, 'Gateway', namespace, name) !== undefined);
      if (isForSidecars(manifest) || !isKnown) continue;
      const listeners = listenersOf(set, manifest);
      if (listeners.length === 0) continue;
      const known = [...new Set(listeners.flatMap(({ hosts }) => hosts))];
      for (const [index, host] of manifest.list('spec', 'hosts').entries()) {
        if (typeof host !== 'string' || listeners.some((listener) => admits(listener, host, manifest.namespace))) continue;
        yield {
          manifest,
          path: ['spec', 'hosts', index],
          message: `host ${quote(host)} is let in by no gateway of this VirtualService, which admit ${known.map(quote).join(', ')}: add it to the Gateway's hosts, or use one of those`,
        };
      }
    }
  },
};
