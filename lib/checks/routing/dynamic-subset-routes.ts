import { type FieldPath, textAt } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { hostKey } from './destination-rules';
import { destinationsIn, entries, httpRoutesOf, type HttpRoute } from './istio-routes';

/** A key of dynamic subsets that a route fills in from a header. */
export interface MappedKey {
  readonly path: FieldPath;
  readonly header: string;
  readonly key: string;
}

/** An HTTP route that fills in keys of dynamic subsets. */
export interface MappingRoute {
  readonly route: HttpRoute;
  readonly keys: readonly MappedKey[];
  /** The hosts that it goes to, by `hostKey`. */
  readonly hosts: readonly string[];
}

/** The keys that a route fills in. */
function mappedKeysIn(route: HttpRoute): MappedKey[] {
  return entries(route.fields, ['headerToDynamicSubsetKey']).map(({ path, fields }) => ({
    path: [...route.path, ...path],
    header: textAt(fields, 'header') ?? '',
    key: textAt(fields, 'key') ?? '',
  }));
}

/** The routes that fill in keys. */
export const mappingRoutesOf = perSet((set): readonly MappingRoute[] =>
  httpRoutesOf(set).flatMap((route) => {
    const keys = mappedKeysIn(route);
    return keys.length === 0
      ? []
      : [{ route, keys, hosts: destinationsIn(route).map(({ host }) => hostKey(host, route.manifest.namespace)) }];
  }),
);

/** The keys that the routes to each host fill in, route by route; a host that no route goes to is not there. */
export const mappedKeysByHost = perSet((set): ReadonlyMap<string, readonly ReadonlySet<string>[]> => {
  const byHost = new Map<string, ReadonlySet<string>[]>();
  for (const route of httpRoutesOf(set)) {
    const keys = new Set(mappedKeysIn(route).map(({ key }) => key));
    for (const { host } of destinationsIn(route)) {
      const name = hostKey(host, route.manifest.namespace);
      const list = byHost.get(name);
      if (list === undefined) byHost.set(name, [keys]);
      else if (keys.size > 0) list.push(keys);
    }
  }
  return byHost;
});
