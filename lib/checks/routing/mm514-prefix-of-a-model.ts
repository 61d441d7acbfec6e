import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { httpRoutesOf, stringMatchesIn } from './istio-routes';
import { isModelName, longerName, modelNamesOf } from './model-names';

export const MM514: Rule = {
  code: 'MM514',
  severity: Severity.WARNING,
  title: 'a path prefix that ends in a model name takes longer names, too',
  *check(set) {
    for (const route of httpRoutesOf(set)) {
      for (const { path, fields } of stringMatchesIn(route)) {
        const prefix = path.at(-1) === 'uri' ? textAt(fields, 'prefix') : undefined;
        const model = /^\/v[12]\/models\/([^/:]*[^/:._-])$/.exec(prefix ?? '')?.[1];
        if (model === undefined || (modelNamesOf(set).length > 0 && !isModelName(set, model))) continue;
        const place = [...route.path, ...path, 'prefix'];
        yield {
          manifest: route.manifest,
          path: place,
          message: `${fieldText(place)} ${quote(prefix)} is no more than the beginning of a text, so requests for ${quote(longerName(modelNamesOf(set), model) ?? `${model}-2`)} match as well: end it with '/'`,
        };
      }
    }
  },
};
