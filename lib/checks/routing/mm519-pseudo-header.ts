import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { httpRoutesOf, stringMatchesIn } from './istio-routes';

const PROPERTIES = ['uri', 'scheme', 'method', 'authority'];

export const MM519: Rule = {
  code: 'MM519',
  severity: Severity.WARNING,
  title: 'a condition on the path or the method is written as one on a header',
  *check(set) {
    for (const route of httpRoutesOf(set)) {
      for (const { path } of stringMatchesIn(route)) {
        const header = String(path.at(-1));
        if (path.at(-2) !== 'headers' || !PROPERTIES.includes(header)) continue;
        const place = [...route.path, ...path];
        yield {
          manifest: route.manifest,
          path: place,
          message: `${fieldText(place)} says nothing of the request's ${header}, Istio ignores ${quote(header)} among headers: move it to match.${header}`,
        };
      }
    }
  },
};
