import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { dynamicSubsetKeysByHost } from './destination-rules';
import { mappingRoutesOf } from './dynamic-subset-routes';

export const MM532: Rule = {
  code: 'MM532',
  severity: Severity.WARNING,
  title: 'a route fills in a key that no dynamic subset has',
  *check(set) {
    if ((set.options.existing ?? []).some(({ kind }) => kind === 'DestinationRule')) return;
    for (const { route, keys, hosts } of mappingRoutesOf(set)) {
      for (const { path, key, header } of keys) {
        if (hosts.length === 0 || hosts.some((host) => dynamicSubsetKeysByHost(set).get(host)?.has(key) === true)) continue;
        yield {
          manifest: route.manifest,
          path: [...path, 'key'],
          message: `${fieldText(path)}.key ${quote(key)} is in no dynamicSubset of a DestinationRule for the destination, so header ${quote(header)} decides nothing: add it to subsetSelectors there`,
        };
      }
    }
  },
};
