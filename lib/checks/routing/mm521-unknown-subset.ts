import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hostKey, rulesByHost, subsetsByHost } from './destination-rules';
import { destinationsOf } from './istio-routes';
import { isServiceThere } from './known-services';

export const MM521: Rule = {
  code: 'MM521',
  severity: Severity.ERROR,
  title: 'a route goes to a subset that no DestinationRule declares',
  *check(set) {
    const isRuleElsewhere = (set.options.existing ?? []).some(({ kind }) => kind === 'DestinationRule');
    for (const { manifest, path, host, service, subset } of destinationsOf(set)) {
      if (subset === undefined || subset === '' || isRuleElsewhere) continue;
      const key = hostKey(host, manifest.namespace);
      const isHostKnown = rulesByHost(set).has(key) || (service !== undefined && isServiceThere(set, service));
      const declared = subsetsByHost(set).get(key);
      if (!isHostKnown || declared?.has(subset) === true) continue;
      const few = [...(declared ?? [])].slice(0, 5).map(quote).join(', ');
      yield {
        manifest,
        path: [...path, 'subset'],
        message: `${fieldText(path)}.subset ${quote(subset)} is declared by no DestinationRule of ${quote(host)}, so every request fails with 503: ${few === '' ? 'declare it in spec.subsets of one' : `use one of ${few}, or declare it`}`,
      };
    }
  },
};
