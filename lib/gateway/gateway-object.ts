import type { Construct } from 'constructs';
import {
  Gateway as KubernetesGateway,
  GatewaySpecListenersAllowedRoutesNamespacesFrom as RoutesFrom,
  GatewaySpecListenersProtocol as ListenerProtocol,
  GatewaySpecListenersTlsMode as ListenerTlsMode,
} from '../../imports/gateway.networking.k8s.io';
import { Gateway as IstioGateway, GatewaySpecServersPortProtocol as ServerProtocol } from '../../imports/networking.istio.io';
import type { ObjectMarks } from './envoy-filters';
import type { GatewayTls } from './gateway-tls';

/** What every kind of Gateway is made of. */
export interface GatewayObject {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly tls: GatewayTls | undefined;
  readonly marks: ObjectMarks;
}

/** Makes a Gateway of Istio on pods that run already. */
export function addIstioGateway(
  scope: Construct,
  { name, namespace, port, tls, marks }: GatewayObject,
  selector: { [key: string]: string },
  hosts: string[],
): void {
  // To Istio GRPC is clear text whatever `tls` says; HTTPS carries gRPC too.
  const serverPort =
    tls === undefined
      ? { number: port, name: 'grpc', protocol: ServerProtocol.GRPC }
      : { number: port, name: 'https', protocol: ServerProtocol.HTTPS };
  new IstioGateway(scope, 'Gateway', {
    metadata: { name, namespace, ...marks },
    spec: { selector, servers: [{ port: serverPort, hosts, tls: tls?._toIstio() }] },
  });
}

/** Name of the listener of a Gateway of the Gateway API. */
export function listenerNameOf(tls: GatewayTls | undefined): string {
  return tls === undefined ? 'http' : 'https';
}

/**
 * Makes a Gateway of the Gateway API, for which its class starts pods. Its one listener is for every host: the routes name theirs. What
 * an API server would add to a list by itself is written out, so that the object in Git is the one in the cluster.
 */
export function addKubernetesGateway(
  scope: Construct,
  { name, namespace, port, tls, marks }: GatewayObject,
  gatewayClassName: string,
): void {
  const authority = tls?._clientAuthorityName;
  new KubernetesGateway(scope, 'Gateway', {
    metadata: { name, namespace, ...marks },
    spec: {
      gatewayClassName,
      listeners: [
        {
          name: listenerNameOf(tls),
          port,
          protocol: tls === undefined ? ListenerProtocol.HTTP : ListenerProtocol.HTTPS,
          tls: tls && {
            mode: ListenerTlsMode.TERMINATE,
            certificateRefs: [{ group: '', kind: 'Secret', name: tls._credentialName }],
          },
          allowedRoutes: { namespaces: { from: RoutesFrom.SAME } },
        },
      ],
      tls: authority === undefined ? undefined : { frontend: { default: { validation: validationBy(authority) } } },
    },
  });
}

function validationBy(authority: string) {
  return { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: authority }] };
}
