import { type Fields, fieldsAt, isFields, textAt, valueAt } from '../../manifests/fields';
import { type HttpRoute } from './istio-routes';
import { listAt } from '../../manifests/fields';

/** What an HTTP route takes away from those after it. */
export interface Reach {
  /** Whether it takes every request of every listener. */
  readonly isCatchAll: boolean;
  /** The listeners, as keys, of which it takes every request. */
  readonly scopes: readonly string[];
  /** The listeners, as keys, that it is for; undefined when it is for all of them. */
  readonly allScopes?: readonly string[];
}

/**
 * What a route takes away from those after it: Istio leaves out what comes after a route that takes everything.
 *
 * Source: `BuildHTTPRoutesForVirtualService` and `IsCatchAllRoute` in `pilot/pkg/networking/core/route/route.go` of istio/istio.
 */
export function reachOf(route: HttpRoute): Reach {
  const matches = listAt(route.fields, 'match').filter(isFields);
  if (matches.length === 0) return { isCatchAll: true, scopes: [] };
  const scopes = matches.map((match) => ({ key: scopeOf(match), takesAll: takesEveryRequest(match) }));
  return {
    isCatchAll: scopes.some(({ key, takesAll }) => takesAll && key === ''),
    scopes: scopes.filter(({ takesAll }) => takesAll).map(({ key }) => key),
    allScopes: scopes.some(({ key }) => key === '') ? undefined : scopes.map(({ key }) => key),
  };
}

function takesEveryRequest(match: Fields): boolean {
  const uri = fieldsAt(match, 'uri');
  const isAnyPath =
    Object.keys(uri).length === 0 || textAt(uri, 'prefix') === '/' || textAt(uri, 'regex') === '.*' || textAt(uri, 'regex') === '/.*';
  const conditions = ['headers', 'withoutHeaders', 'queryParams', 'method', 'scheme', 'authority'];
  return isAnyPath && conditions.every((key) => Object.keys(fieldsAt(match, key)).length === 0);
}

// Which listeners and clients the match is for; Istio asks that when it makes a listener, not with every request.
function scopeOf(match: Fields): string {
  const parts = ['port', 'gateways', 'sourceLabels', 'sourceNamespace'].map((key) => valueAt(match, key));
  return parts.every((part) => part === undefined) ? '' : JSON.stringify(parts);
}
