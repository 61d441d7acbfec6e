import { textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { destinationRulesOf, entries } from './istio-routes';

export const MM522: Rule = {
  code: 'MM522',
  severity: Severity.ERROR,
  title: 'a DestinationRule declares a subset twice',
  *check(set) {
    for (const manifest of destinationRulesOf(set)) {
      const seen = new Set<string>();
      for (const { path, fields } of entries(manifest.fields, ['spec', 'subsets'])) {
        const name = textAt(fields, 'name');
        if (name === undefined) continue;
        if (!seen.has(name)) {
          seen.add(name);
          continue;
        }
        yield {
          manifest,
          path: [...path, 'name'],
          message: `subset ${quote(name)} is declared twice, and Istio refuses the DestinationRule: give each a name of its own`,
        };
      }
    }
  },
};
