import { fieldText, isFields, textAt } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { loadBalancersOf } from './destination-rules';
import { entries } from './istio-routes';

export const MM528: Rule = {
  code: 'MM528',
  severity: Severity.WARNING,
  title: 'a dynamic subset does not say what happens to a model that no pod holds',
  *check(set) {
    for (const { manifest, path, fields } of loadBalancersOf(set)) {
      const subset = fields['dynamicSubset'];
      if (!isFields(subset) || isSet(textAt(subset, 'fallbackPolicy'))) continue;
      const selectors = entries(subset, ['subsetSelectors']).filter((item) => !isSet(textAt(item.fields, 'fallbackPolicy')));
      const places = entries(subset, ['subsetSelectors']).length === 0 ? [[]] : selectors.map((item) => item.path);
      for (const way of places) {
        const place = [...path, 'dynamicSubset', ...way, 'fallbackPolicy'];
        yield {
          manifest,
          path: place,
          message: `${fieldText(place)} is missing, so a request for a model that no pod holds yet fails with 503 instead of loading it: set it to ANY_ENDPOINT`,
        };
      }
    }
  },
};

function isSet(policy: string | undefined): boolean {
  return policy !== undefined && policy !== 'UNSPECIFIED';
}
