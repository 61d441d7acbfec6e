import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hostKey, subsetSelectorsIn } from './destination-rules';
import { mappedKeysByHost } from './dynamic-subset-routes';
import { destinationRulesOf } from './istio-routes';

export const MM531: Rule = {
  code: 'MM531',
  severity: Severity.WARNING,
  title: 'no route fills in the key of a dynamic subset',
  *check(set) {
    for (const manifest of destinationRulesOf(set)) {
      const host = manifest.text('spec', 'host');
      const routes = host === undefined ? undefined : mappedKeysByHost(set).get(hostKey(host, manifest.namespace));
      if (routes === undefined) continue; // whoever makes the routes may fill it in
      const all = new Set(routes.flatMap((keys) => [...keys]));
      for (const { path, keys } of subsetSelectorsIn(manifest)) {
        const missing = keys.filter((key) => !all.has(key));
        if (missing.length === 0) continue;
        yield {
          manifest,
          path: [...path, 'keys', keys.indexOf(missing[0]!)],
          message: `${fieldText(path)}.keys has ${missing.map(quote).join(', ')}, which no route to ${quote(host)} fills in, so no request gets to a subset: add it to headerToDynamicSubsetKey of the VirtualService`,
        };
      }
    }
  },
};
