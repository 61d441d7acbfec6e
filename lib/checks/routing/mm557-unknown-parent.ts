import { perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { GATEWAY_API, parentsOf } from './gateway-api-routes';

export const MM557: Rule = {
  code: 'MM557',
  severity: Severity.WARNING,
  title: 'the Gateway that a route belongs to is not there',
  *check(set) {
    for (const { manifest, path, namespace, name, gateway } of parentsOf(set)) {
      if (gateway !== undefined || set.isMadeElsewhere('Gateway', namespace, name)) continue;
      const elsewhere = byName(set)
        .get(name)
        ?.find((other) => other.namespace !== namespace)?.namespace;
      if (!namespaces(set).has(namespace) && elsewhere === undefined) continue;
      const remedy = elsewhere === undefined ? 'name one of those' : `add namespace: ${elsewhere}, where it is`;
      yield {
        manifest,
        path: [...path, 'name'],
        message: `parent ${quote(name)} is none of the Gateways in the manifests for the namespace ${quote(namespace)}, so the route is for nothing: ${remedy}`,
      };
    }
  },
};

const byName = perSet((set) => groupBy(set.ofKind(GATEWAY_API, 'Gateway'), ({ name }) => name));

const namespaces = perSet((set): ReadonlySet<string> => new Set(set.ofKind(GATEWAY_API, 'Gateway').map(({ namespace }) => namespace)));
