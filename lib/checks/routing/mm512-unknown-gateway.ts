import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { ISTIO_GROUP } from './asm-platform';
import { gatewayNamespaces } from './istio-gateways';
import { gatewaysOf, virtualServicesOf } from './istio-routes';

export const MM512: Rule = {
  code: 'MM512',
  severity: Severity.WARNING,
  title: 'a VirtualService names a Gateway that is not there',
  *check(set) {
    for (const manifest of virtualServicesOf(set)) {
      for (const { text, path, namespace, name } of gatewaysOf(manifest)) {
        if (set.find(ISTIO_GROUP, 'Gateway', namespace, name) !== undefined || set.isMadeElsewhere('Gateway', namespace, name)) continue;
        if (!gatewayNamespaces(set).has(namespace)) {
          // Nothing is known of the Gateways of a namespace that has none here, unless it is a short name meant for another one.
          const elsewhere =
            text.includes('/') || text.includes('.')
              ? undefined
              : [...gatewayNamespaces(set)].find((other) => set.find(ISTIO_GROUP, 'Gateway', other, name) !== undefined);
          if (elsewhere === undefined) continue;
          yield {
            manifest,
            path,
            message: `${quote(text)} stands for a Gateway of the namespace ${quote(namespace)}, and the manifests have it in ${quote(elsewhere)}: write ${quote(`${elsewhere}/${name}`)}`,
          };
          continue;
        }
        yield {
          manifest,
          path,
          message: `${quote(text)} is none of the Gateways that the manifests have in the namespace ${quote(namespace)}, so the routes are for nothing: name one of those, or write NAMESPACE/NAME for one elsewhere`,
        };
      }
    }
  },
};
