import { type FieldPath, fieldText, listAt } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { gatewayRoutesOf } from './gateway-api-routes';
import { entries } from './istio-routes';

export const MM553: Rule = {
  code: 'MM553',
  severity: Severity.ERROR,
  title: 'a list of a Gateway API object is longer than the API allows',
  *check(set) {
    for (const manifest of gatewayRoutesOf(set)) {
      const rules = entries(manifest.fields, ['spec', 'rules']);
      const matches = rules.flatMap((rule) => entries(rule.fields, ['matches']).map(({ path }) => [...rule.path, ...path]));
      const lists: [path: FieldPath, max: number][] = [
        [['spec', 'hostnames'], 16],
        [['spec', 'parentRefs'], 32],
        ...rules.flatMap(({ path }): [FieldPath, number][] => [
          [[...path, 'backendRefs'], 16],
          [[...path, 'filters'], 16],
        ]),
        ...matches.flatMap((path): [FieldPath, number][] => [
          [[...path, 'headers'], 16],
          [[...path, 'queryParams'], 16],
        ]),
      ];
      for (const [path, max] of lists) {
        const count = listAt(manifest.fields, ...path).length;
        if (count <= max) continue;
        yield {
          manifest,
          path: [...path, max],
          message: `${fieldText(path)} has ${count} entries, and the API server refuses more than ${max}: split the route`,
        };
      }
    }
  },
};
