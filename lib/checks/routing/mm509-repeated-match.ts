import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { entries, httpRoutesIn, virtualServicesOf } from './istio-routes';

export const MM509: Rule = {
  code: 'MM509',
  severity: Severity.WARNING,
  title: 'two routes of a VirtualService have the same match',
  *check(set) {
    for (const virtualService of virtualServicesOf(set)) {
      const seen = new Map<string, string>();
      for (const route of httpRoutesIn(virtualService)) {
        for (const match of entries(route.fields, ['match'])) {
          const { name: _name, statPrefix: _prefix, ...conditions } = match.fields;
          if (Object.keys(conditions).length === 0) continue;
          const key = sortedJson(conditions);
          const path = [...route.path, ...match.path];
          const first = seen.get(key);
          if (first === undefined) seen.set(key, fieldText(path));
          // That of a route which takes every request is MM508.
          else if (!/^\{"port":[0-9]+\}$/.test(key)) {
            yield {
              manifest: virtualService,
              path,
              message: `${fieldText(path)} repeats ${first}, which comes first and takes the requests: remove it, or make it narrower and put it first`,
            };
          }
        }
      }
    }
  },
};

function sortedJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  );
}
