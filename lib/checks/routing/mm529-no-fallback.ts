import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { loadBalancersOf } from './destination-rules';
import { entries } from './istio-routes';

export const MM529: Rule = {
  code: 'MM529',
  severity: Severity.WARNING,
  title: 'a dynamic subset refuses requests for models that no pod holds',
  *check(set) {
    for (const { manifest, path, fields } of loadBalancersOf(set)) {
      const selectors = entries(fields, ['dynamicSubset', 'subsetSelectors']);
      // That of the whole is for the selectors that have none.
      const isUsed = selectors.length === 0 || selectors.some((item) => textAt(item.fields, 'fallbackPolicy') === undefined);
      const places = [
        ...(isUsed ? [{ way: ['dynamicSubset'], policy: textAt(fields, 'dynamicSubset', 'fallbackPolicy') }] : []),
        ...selectors.map((item) => ({ way: item.path, policy: textAt(item.fields, 'fallbackPolicy') })),
      ];
      for (const { way, policy } of places) {
        if (policy !== 'NO_FALLBACK') continue;
        const place = [...path, ...way, 'fallbackPolicy'];
        yield {
          manifest,
          path: place,
          message: `${fieldText(place)} ${quote(policy)} answers 503 to every request for a model that no pod holds yet, so that it is never loaded: use ANY_ENDPOINT`,
        };
      }
    }
  },
};
