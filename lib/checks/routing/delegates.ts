import { type FieldPath, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { ISTIO_GROUP } from './asm-platform';
import { httpRoutesOf, type HttpRoute, virtualServicesOf } from './istio-routes';

/** A route that leaves its requests to the routes of another VirtualService. */
export interface Delegation {
  readonly route: HttpRoute;
  readonly path: FieldPath;
  readonly namespace: string;
  readonly name: string;
  /** The other VirtualService, if the manifests hold it. */
  readonly target?: Manifest;
}

/** All delegations. */
export const delegationsOf = perSet((set): readonly Delegation[] =>
  httpRoutesOf(set).flatMap((route) => {
    const name = textAt(route.fields, 'delegate', 'name');
    if (name === undefined) return [];
    const namespace = textAt(route.fields, 'delegate', 'namespace') ?? route.manifest.namespace;
    return [
      { route, path: [...route.path, 'delegate'], namespace, name, target: set.find(ISTIO_GROUP, 'VirtualService', namespace, name) },
    ];
  }),
);

const namespaces = perSet((set): ReadonlySet<string> => new Set(virtualServicesOf(set).map(({ namespace }) => namespace)));

/** Whether the manifests hold VirtualServices of a namespace. */
export function hasVirtualServices(set: ManifestSet, namespace: string): boolean {
  return namespaces(set).has(namespace);
}
