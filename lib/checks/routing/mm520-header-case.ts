import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entries, httpRoutesOf, stringMatchesIn } from './istio-routes';

export const MM520: Rule = {
  code: 'MM520',
  severity: Severity.WARNING,
  title: 'the name of a header has upper-case letters',
  *check(set) {
    for (const route of httpRoutesOf(set)) {
      const names = [
        ...stringMatchesIn(route)
          .filter(({ path }) => path.at(-2) === 'headers' || path.at(-2) === 'withoutHeaders')
          .map(({ path }) => ({ path, name: String(path.at(-1)) })),
        ...entries(route.fields, ['headerToDynamicSubsetKey']).map(({ path, fields }) => ({
          path: [...path, 'header'],
          name: textAt(fields, 'header') ?? '',
        })),
      ];
      for (const { path, name } of names) {
        // Claims of a token, which Istio writes like headers, keep their case.
        if (name.startsWith('@') || name === name.toLowerCase()) continue;
        const place = [...route.path, ...path];
        yield {
          manifest: route.manifest,
          path: place,
          message: `${fieldText(place)} names the header ${quote(name)}, and Istio's API wants lower case, which is what HTTP/2 sends: write ${quote(name.toLowerCase())}`,
        };
      }
    }
  },
};
