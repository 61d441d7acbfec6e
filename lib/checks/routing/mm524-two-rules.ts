import type { Manifest } from '../../manifests/manifest';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { rulesByHost } from './destination-rules';

export const MM524: Rule = {
  code: 'MM524',
  severity: Severity.WARNING,
  title: 'two DestinationRules of a namespace set the traffic policy of one host',
  *check(set) {
    for (const rules of rulesByHost(set).values()) {
      const first = new Map<string, Manifest>();
      for (const manifest of rules) {
        // One for certain clients stands beside the others.
        if (manifest.value('spec', 'trafficPolicy') === undefined || manifest.value('spec', 'workloadSelector') !== undefined) continue;
        const other = first.get(manifest.namespace);
        if (other === undefined) {
          first.set(manifest.namespace, manifest);
          continue;
        }
        yield {
          manifest,
          path: ['spec', 'trafficPolicy'],
          message: `${quote(manifest.text('spec', 'host'))} has a traffic policy in ${other.title}, too, and Istio keeps only the one that was made first: put both into one DestinationRule`,
        };
      }
    }
  },
};
