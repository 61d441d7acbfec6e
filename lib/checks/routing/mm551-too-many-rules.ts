import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { gatewayRoutesOf } from './gateway-api-routes';

const MAX_RULES = 16;

export const MM551: Rule = {
  code: 'MM551',
  severity: Severity.ERROR,
  title: 'a route of the Gateway API has more than 16 rules',
  *check(set) {
    for (const manifest of gatewayRoutesOf(set)) {
      const count = manifest.list('spec', 'rules').length;
      if (count <= MAX_RULES) continue;
      yield {
        manifest,
        path: ['spec', 'rules', MAX_RULES],
        message: `${manifest.kind} ${quote(manifest.name)} has ${count} rules, and the API server refuses more than ${MAX_RULES}: put matches with the same backend into one rule, or split the route`,
      };
    }
  },
};
