import { type FieldPath, isTrueAt, listAt, numberAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { ISTIO_GROUP } from './asm-platform';
import { hostsOverlap } from './istio-hosts';
import { entries, gatewaysOf, textsOf } from './istio-routes';

/** A port that an Istio Gateway opens. */
export interface Listener {
  readonly gateway: Manifest;
  readonly path: FieldPath;
  readonly port: number;
  /** Whether only HTTP/2, and so gRPC, is meant for it. */
  readonly isHttp2: boolean;
  /** The hosts as the Gateway writes them: HOST or NAMESPACE/HOST. */
  readonly hosts: readonly string[];
}

/** The Gateways of the manifests. */
export function gatewayManifests(set: ManifestSet): readonly Manifest[] {
  return set.ofKind(ISTIO_GROUP, 'Gateway');
}

/** The ports of one Gateway. */
export function listenersIn(gateway: Manifest): Listener[] {
  return entries(gateway.fields, ['spec', 'servers']).flatMap(({ path, fields }) => {
    const port = numberAt(fields, 'port', 'number');
    // A server that only redirects to https has no routes.
    if (port === undefined || isTrueAt(fields, 'tls', 'httpsRedirect')) return [];
    const protocol = (textAt(fields, 'port', 'protocol') ?? '').toUpperCase();
    return [{ gateway, path, port, isHttp2: protocol === 'GRPC' || protocol === 'HTTP2', hosts: textsOf(listAt(fields, 'hosts')) }];
  });
}

/** The ports of the Gateways that a VirtualService names, as far as the manifests hold them. */
export function listenersOf(set: ManifestSet, virtualService: Manifest): Listener[] {
  return gatewaysOf(virtualService).flatMap(({ namespace, name }) => {
    const gateway = set.find(ISTIO_GROUP, 'Gateway', namespace, name);
    return gateway === undefined ? [] : listenersIn(gateway);
  });
}

/** The namespaces that hold Gateways. */
export const gatewayNamespaces = perSet((set): ReadonlySet<string> => new Set(gatewayManifests(set).map(({ namespace }) => namespace)));

/** Whether a port of a Gateway lets a host of a VirtualService of a namespace in. */
export function admits(listener: Listener, host: string, namespace: string): boolean {
  return listener.hosts.some((text) => {
    const slash = text.indexOf('/');
    const from = slash < 0 ? '*' : text.slice(0, slash);
    if (from !== '*' && from !== namespace && !(from === '.' && listener.gateway.namespace === namespace)) return false;
    return hostsOverlap(text.slice(slash + 1), host);
  });
}
