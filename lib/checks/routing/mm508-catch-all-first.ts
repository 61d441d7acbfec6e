import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { reachOf } from './catch-all';
import { type HttpRoute, httpRoutesIn, virtualServicesOf } from './istio-routes';

export const MM508: Rule = {
  code: 'MM508',
  severity: Severity.ERROR,
  title: 'a route that takes every request comes before others',
  *check(set) {
    for (const virtualService of virtualServicesOf(set)) {
      const taken = new Map<string, HttpRoute>();
      let catchAll: HttpRoute | undefined;
      const reported = new Set<HttpRoute>();
      for (const route of httpRoutesIn(virtualService)) {
        const { isCatchAll, scopes, allScopes } = reachOf(route);
        const before = catchAll ?? (allScopes?.every((scope) => taken.has(scope)) === true ? taken.get(allScopes[0]!) : undefined);
        if (before !== undefined && !reported.has(before)) {
          reported.add(before);
          yield {
            manifest: virtualService,
            path: before.path,
            message: `${fieldText(before.path)} takes every request, so ${fieldText(route.path)} after it gets none: move the route that takes everything to the end`,
          };
        }
        // Istio puts the routes of a delegate here, which have conditions of their own.
        if (route.fields['delegate'] !== undefined) continue;
        if (isCatchAll) catchAll ??= route;
        for (const scope of scopes) if (!taken.has(scope)) taken.set(scope, route);
      }
    }
  },
};
