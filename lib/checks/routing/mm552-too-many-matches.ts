import { fieldText, listAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { gatewayRoutesOf } from './gateway-api-routes';
import { entries } from './istio-routes';

const MAX_OF_RULE = 64;
const MAX_OF_ROUTE = 128;

export const MM552: Rule = {
  code: 'MM552',
  severity: Severity.ERROR,
  title: 'a route of the Gateway API has too many matches',
  *check(set) {
    for (const manifest of gatewayRoutesOf(set)) {
      let total = 0;
      for (const { path, fields } of entries(manifest.fields, ['spec', 'rules'])) {
        const count = listAt(fields, 'matches').length;
        total += count;
        if (count <= MAX_OF_RULE) continue;
        const place = [...path, 'matches'];
        yield {
          manifest,
          path: place,
          message: `${fieldText(place)} has ${count} entries, and the API server refuses more than ${MAX_OF_RULE} in a rule: split the rule`,
        };
      }
      if (total <= MAX_OF_ROUTE) continue;
      yield {
        manifest,
        path: ['spec', 'rules'],
        message: `${manifest.kind} ${quote(manifest.name)} has ${total} matches in all, and the API server refuses more than ${MAX_OF_ROUTE}: split it into several routes`,
      };
    }
  },
};
