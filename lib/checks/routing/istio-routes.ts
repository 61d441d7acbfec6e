import { type FieldPath, type Fields, fieldsAt, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { ISTIO_GROUP } from './asm-platform';
import { serviceOfHost } from './istio-hosts';
import type { ServiceName } from './known-services';

/** One entry of `spec.http` of a VirtualService. */
export interface HttpRoute {
  readonly manifest: Manifest;
  readonly index: number;
  readonly path: FieldPath;
  readonly fields: Fields;
}

/** A place of a VirtualService that names where requests go. */
export interface Destination {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly host: string;
  /** Undefined when the host is no Service of a cluster. */
  readonly service?: ServiceName;
  readonly port?: number;
  readonly subset?: string;
  /** The HTTP route that it belongs to. @default - a route of TCP or TLS */
  readonly route?: HttpRoute;
}

/** A gateway as a VirtualService names it. */
export interface GatewayReference {
  readonly text: string;
  readonly path: FieldPath;
  readonly namespace: string;
  readonly name: string;
}

/** The VirtualServices of the manifests. */
export function virtualServicesOf(set: ManifestSet): readonly Manifest[] {
  return set.ofKind(ISTIO_GROUP, 'VirtualService');
}

/** The DestinationRules of the manifests. */
export function destinationRulesOf(set: ManifestSet): readonly Manifest[] {
  return set.ofKind(ISTIO_GROUP, 'DestinationRule');
}

/** Every HTTP route of every VirtualService. */
export const httpRoutesOf = perSet((set): readonly HttpRoute[] => virtualServicesOf(set).flatMap(httpRoutesIn));

/** The HTTP routes of one VirtualService. */
export function httpRoutesIn(manifest: Manifest): HttpRoute[] {
  return entries(manifest.fields, ['spec', 'http']).map(({ path, fields, index }) => ({ manifest, index, path, fields }));
}

/** Every destination of every VirtualService: of routes, mirrors and ASM's fallbacks. */
export const destinationsOf = perSet((set): readonly Destination[] =>
  virtualServicesOf(set).flatMap((manifest) => [
    ...httpRoutesIn(manifest).flatMap(destinationsIn),
    ...['tcp', 'tls'].flatMap((protocol) =>
      entries(manifest.fields, ['spec', protocol]).flatMap(({ path, fields }) =>
        entries(fields, ['route']).flatMap((item) =>
          destination(manifest, [...path, ...item.path, 'destination'], valueAt(item.fields, 'destination')),
        ),
      ),
    ),
  ]),
);

/** The destinations of one HTTP route. */
export function destinationsIn(route: HttpRoute): Destination[] {
  const { manifest, path, fields } = route;
  const one = (way: FieldPath): Destination[] => destination(manifest, [...path, ...way], valueAt(fields, ...way), route);
  return [
    ...entries(fields, ['route']).flatMap((item) => [...one([...item.path, 'destination']), ...one([...item.path, 'fallback', 'target'])]),
    ...one(['mirror']),
    ...entries(fields, ['mirrors']).flatMap((item) => one([...item.path, 'destination'])),
  ];
}

function destination(manifest: Manifest, path: FieldPath, value: unknown, route?: HttpRoute): Destination[] {
  const host = textAt(value, 'host');
  if (host === undefined || host === '') return [];
  return [
    {
      manifest,
      path,
      host,
      service: serviceOfHost(host, manifest.namespace),
      port: numberAt(value, 'port', 'number'),
      subset: textAt(value, 'subset'),
      route,
    },
  ];
}

/**
 * The gateways of a VirtualService; an empty list stands for the sidecars of the mesh.
 *
 * Source: `resolveGatewayName` in `pilot/pkg/model/virtualservice.go` of istio/istio.
 */
export function gatewaysOf(manifest: Manifest): GatewayReference[] {
  return manifest.list('spec', 'gateways').flatMap((text, index) => {
    if (typeof text !== 'string' || text === 'mesh') return [];
    const [namespace, name] = gatewayName(text);
    return [{ text, path: ['spec', 'gateways', index], namespace: namespace === '.' ? manifest.namespace : namespace, name }];
  });
}

function gatewayName(text: string): [namespace: string, name: string] {
  const slash = text.indexOf('/');
  if (slash >= 0) return [text.slice(0, slash), text.slice(slash + 1)];
  // NAME.NAMESPACE and NAME.NAMESPACE.svc.cluster.local, which Istio still reads.
  const [name = '', namespace = '.'] = text.split('.');
  return [namespace, name];
}

/** The gateway ports that an HTTP route is for; undefined when it is for all of them. */
export function portsOfRoute(route: HttpRoute): number[] | undefined {
  const ports = listAt(route.fields, 'match').map((match) => numberAt(match, 'port'));
  return ports.length === 0 || ports.includes(undefined) ? undefined : ports.filter((port) => port !== undefined);
}

/** Whether a VirtualService is for the sidecars, too: it names no gateway, or `mesh`. */
export function isForSidecars(manifest: Manifest): boolean {
  const gateways = manifest.list('spec', 'gateways');
  return gateways.length === 0 || gateways.includes('mesh');
}

/** The texts of a list. */
export function textsOf(list: readonly unknown[]): string[] {
  return list.filter((item): item is string => typeof item === 'string');
}

/** The maps of a list, each with its way from the map that holds the list. */
export function entries(fields: unknown, path: FieldPath): { path: FieldPath; fields: Fields; index: number }[] {
  return listAt(fields, ...path).flatMap((item, index) => (isFields(item) ? [{ path: [...path, index], fields: item, index }] : []));
}

/** What Envoy compares of one header, path or other part of a request. */
export interface StringMatch {
  readonly path: FieldPath;
  readonly fields: Fields;
}

/** All string matches of an HTTP route: of the path, of headers and the like. */
export function stringMatchesIn(route: HttpRoute): StringMatch[] {
  return entries(route.fields, ['match']).flatMap((match) => [
    ...['uri', 'scheme', 'method', 'authority'].flatMap((key) => one(match.fields, [key], match.path)),
    ...['headers', 'withoutHeaders', 'queryParams'].flatMap((map) =>
      Object.keys(fieldsAt(match.fields, map)).flatMap((key) => one(match.fields, [map, key], match.path)),
    ),
  ]);
}

function one(match: Fields, way: FieldPath, path: FieldPath): StringMatch[] {
  const fields = valueAt(match, ...way);
  return isFields(fields) ? [{ path: [...path, ...way], fields }] : [];
}
