import { fieldsAt, isFields, textAt, valueAt, type Fields } from '../../manifests/fields';
import type { ManifestSet } from '../../manifests/manifest-set';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { listenersOfParent, parentsOf, takesListenerSets } from './gateway-api-routes';

export const MM559: Rule = {
  code: 'MM559',
  severity: Severity.ERROR,
  title: 'the Gateway takes no routes of the namespace of the route',
  *check(set) {
    for (const parent of parentsOf(set)) {
      const { manifest, path, gateway } = parent;
      if (gateway === undefined || manifest.namespace === '' || manifest.namespace === gateway.namespace || takesListenerSets(gateway))
        continue;
      const listeners = listenersOfParent(parent);
      if (listeners.length === 0 || listeners.some(({ fields }) => mayAttach(set, fields, manifest.namespace))) continue;
      yield {
        manifest,
        path: [...path, 'name'],
        message: `${gateway.title} takes no routes of the namespace ${quote(manifest.namespace)}, so the route is not accepted: set allowedRoutes.namespaces of its listener, e.g. { from: All }, or move the route`,
      };
    }
  },
};

function mayAttach(set: ManifestSet, listener: Fields, namespace: string): boolean {
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
  if (from !== 'Selector') return from !== 'Same' && from !== 'None';
  const labels = set.find('', 'Namespace', '', namespace)?.map('metadata', 'labels');
  const selector = valueAt(listener, 'allowedRoutes', 'namespaces', 'selector');
  if (labels === undefined || !isFields(selector) || selector['matchExpressions'] !== undefined) return true; // not known
  // The API server adds the name of a namespace to its labels.
  const known: Fields = { ...labels, 'kubernetes.io/metadata.name': namespace };
  return Object.entries(fieldsAt(selector, 'matchLabels')).every(([key, value]) => known[key] === value);
}
