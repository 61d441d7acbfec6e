import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { gatewayRoutesOf } from './gateway-api-routes';
import { entries } from './istio-routes';
import { re2Problem } from './re2';

export const MM561: Rule = {
  code: 'MM561',
  severity: Severity.ERROR,
  title: 'a regular expression of a Gateway API route is none to RE2',
  *check(set) {
    for (const manifest of gatewayRoutesOf(set)) {
      for (const rule of entries(manifest.fields, ['spec', 'rules'])) {
        for (const match of entries(rule.fields, ['matches'])) {
          const at = [...rule.path, ...match.path];
          const lists = ['headers', 'queryParams'].flatMap((list) => entries(match.fields, [list]));
          const places = [...lists, { path: ['path'], fields: match.fields['path'] }];
          for (const { path, fields } of places) {
            const regex = textAt(fields, 'type') === 'RegularExpression' ? textAt(fields, 'value') : undefined;
            const problem = regex === undefined ? undefined : re2Problem(regex);
            if (problem === undefined) continue;
            const place = [...at, ...path, 'value'];
            yield {
              manifest,
              path: place,
              message: `${fieldText(place)} ${quote(regex)} is refused, ${problem}: write it without, or use the type Exact`,
            };
          }
        }
      }
    }
  },
};
