import { type FieldPath, type Fields, isFields, listAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { serviceOfHost } from './istio-hosts';
import { destinationRulesOf, entries } from './istio-routes';

/** A `loadBalancer` of a DestinationRule. */
export interface LoadBalancer {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly fields: Fields;
}

/** A host as a key: the Service's namespace and name, or the text of a host that is none. */
export function hostKey(host: string, namespace: string): string {
  const service = serviceOfHost(host, namespace);
  return service === undefined ? host : `${service.namespace}/${service.name}`;
}

/** The load balancers of all DestinationRules: of the host, of its ports, of its subsets and of their ports. */
export const loadBalancersOf = perSet((set): readonly LoadBalancer[] => destinationRulesOf(set).flatMap(loadBalancersIn));

/** The load balancers of one DestinationRule. */
export function loadBalancersIn(manifest: Manifest): LoadBalancer[] {
  const policies: FieldPath[] = [
    ['spec', 'trafficPolicy'],
    ...entries(manifest.fields, ['spec', 'subsets']).map(({ path }) => [...path, 'trafficPolicy']),
  ];
  return policies.flatMap((policy) =>
    [policy, ...listAt(manifest.fields, ...policy, 'portLevelSettings').map((_, index) => [...policy, 'portLevelSettings', index])].flatMap(
      (place) => {
        const fields = valueAt(manifest.fields, ...place, 'loadBalancer');
        return isFields(fields) ? [{ manifest, path: [...place, 'loadBalancer'], fields }] : [];
      },
    ),
  );
}

/** The DestinationRules of every host, by {@link hostKey}. */
export const rulesByHost = perSet((set): ReadonlyMap<string, readonly Manifest[]> =>
  groupBy(
    destinationRulesOf(set).filter((manifest) => manifest.text('spec', 'host') !== undefined),
    (manifest) => hostKey(manifest.text('spec', 'host')!, manifest.namespace),
  ),
);

/** The subset names that the DestinationRules of a host declare, by {@link hostKey}. */
export const subsetsByHost = perSet((set): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>();
  for (const [key, rules] of rulesByHost(set)) {
    const texts = rules.flatMap((rule) => rule.list('spec', 'subsets').map((subset) => textAt(subset, 'name')));
    names.set(key, new Set(texts.filter((name): name is string => name !== undefined)));
  }
  return names;
});

/** The keys of one selector of a dynamic subset, with its place. */
export interface SubsetSelector {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly keys: readonly string[];
}

/** The selectors of the dynamic subsets of a DestinationRule. */
export function subsetSelectorsIn(manifest: Manifest): SubsetSelector[] {
  return loadBalancersIn(manifest).flatMap(({ path, fields }) =>
    entries(fields, ['dynamicSubset', 'subsetSelectors']).map((item) => ({
      manifest,
      path: [...path, ...item.path],
      keys: listAt(item.fields, 'keys').filter((key): key is string => typeof key === 'string'),
    })),
  );
}

/** The keys of all dynamic subsets of a host, by {@link hostKey}. */
export const dynamicSubsetKeysByHost = perSet((set): ReadonlyMap<string, ReadonlySet<string>> => {
  const keys = new Map<string, Set<string>>();
  for (const [host, rules] of rulesByHost(set)) {
    keys.set(host, new Set(rules.flatMap((rule) => subsetSelectorsIn(rule).flatMap((selector) => selector.keys))));
  }
  return keys;
});
