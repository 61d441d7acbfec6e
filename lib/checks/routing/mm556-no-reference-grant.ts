import { fieldText, textAt } from '../../manifests/fields';
import type { ManifestSet } from '../../manifests/manifest-set';
import { perSet } from '../../manifests/manifest-set';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { backendsOf, GATEWAY_API } from './gateway-api-routes';
import { entries } from './istio-routes';
import { isServiceThere } from './known-services';

export const MM556: Rule = {
  code: 'MM556',
  severity: Severity.ERROR,
  title: 'a route goes to a Service of another namespace that does not allow it',
  *check(set) {
    for (const { manifest, path, service } of backendsOf(set)) {
      if (service === undefined || manifest.namespace === '' || service.namespace === manifest.namespace) continue;
      if (!isServiceThere(set, service) || isGrantElsewhere(set, service.namespace)) continue;
      const grants = grantsOf(set);
      const from = `${service.namespace} ${manifest.kind} ${manifest.namespace}`;
      if (grants.has(`${from} *`) || grants.has(`${from} ${service.name}`)) continue;
      yield {
        manifest,
        path: [...path, 'namespace'],
        message: `${fieldText(path)} is a Service of the namespace ${quote(service.namespace)}, which has no ReferenceGrant for a ${manifest.kind} of ${quote(manifest.namespace)}, so its requests fail with 500: add one there, or move the route`,
      };
    }
  },
};

// What is granted: target namespace, kind and namespace of the route, and the Service's name or '*'.
const grantsOf = perSet((set): ReadonlySet<string> => {
  const grants = new Set<string>();
  for (const grant of set.ofKind(GATEWAY_API, 'ReferenceGrant')) {
    const services = entries(grant.fields, ['spec', 'to']).filter(
      ({ fields }) => textAt(fields, 'group') === '' && textAt(fields, 'kind') === 'Service',
    );
    for (const { fields: from } of entries(grant.fields, ['spec', 'from'])) {
      if (textAt(from, 'group') !== GATEWAY_API) continue;
      for (const { fields } of services)
        grants.add(`${grant.namespace} ${textAt(from, 'kind')} ${textAt(from, 'namespace')} ${textAt(fields, 'name') ?? '*'}`);
    }
  }
  return grants;
});

function isGrantElsewhere(set: ManifestSet, namespace: string): boolean {
  return (set.options.existing ?? []).some((object) => object.kind === 'ReferenceGrant' && object.namespace === namespace);
}
