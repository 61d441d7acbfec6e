import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { destinationRulesOf, entries } from './istio-routes';

export const MM523: Rule = {
  code: 'MM523',
  severity: Severity.ERROR,
  title: 'the name of a subset is no DNS label',
  *check(set) {
    for (const manifest of destinationRulesOf(set)) {
      for (const { path, fields } of entries(manifest.fields, ['spec', 'subsets'])) {
        const name = textAt(fields, 'name');
        if (name === undefined || (/^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name) && name.length <= 63)) continue;
        const place = [...path, 'name'];
        yield {
          manifest,
          path: place,
          message: `${fieldText(place)} ${quote(name)} has ${name.length > 63 ? `${name.length} characters, and 63 are allowed` : "other characters than letters, digits and '-'"}, and Istio refuses the DestinationRule: use a DNS label, e.g. 'tf-mnist'`,
        };
      }
    }
  },
};
