import type { GatewayDoor } from '../gateway/gateway-door';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { collectProblems, quote } from '../values/problems';

/** How a pod in the cluster reaches the gateway. */
export interface GatewayAccess {
  /**
   * `HOST:PORT` of the gateway. With TLS the host is one that the gateway's certificate names.
   *
   * @default - the Service `istio-ingressgateway` in the namespace of the gateway's pods, with the gateway's port; required with TLS, and where
   * the gateway's pods are not Istio's usual ones
   */
  readonly address?: string;
  /** Header `Host` of the requests. @default - none of its own; the first host of a gateway that does not take every host and has one without `*` */
  readonly host?: string;
  /** Name of a ConfigMap whose key `ca.crt` holds the authority of the gateway's certificate. @default - the authorities that the image knows */
  readonly authorityConfigMapName?: string;
  /** Name of a Secret of type `kubernetes.io/tls` with the certificate and key of the caller, for mutual TLS. @default - none */
  readonly clientSecretName?: string;
}

/** A gateway as its callers address it. */
export interface ResolvedAccess {
  /** `http://HOST:PORT`, or with https. */
  readonly origin: string;
  readonly host?: string;
  readonly authorityConfigMapName?: string;
  readonly clientSecretName?: string;
}

const INGRESS_GATEWAY = 'istio-ingressgateway';
const ADDRESS = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?:([1-9][0-9]{0,4})$/i;

/** What is left out is filled in as far as the gateway's declaration tells it. */
export function resolveAccess(door: GatewayDoor, access: GatewayAccess = {}): ResolvedAccess {
  const scheme = door.tls === undefined ? 'http' : 'https';
  const usual = `${INGRESS_GATEWAY}.${door.workload?.namespace ?? 'istio-system'}:${door.port}`;
  const { authorityConfigMapName, clientSecretName } = access;
  return {
    origin: `${scheme}://${access.address ?? usual}`,
    host: access.host ?? usualHost(door.hosts),
    authorityConfigMapName,
    clientSecretName,
  };
}

/** What keeps a pod from calling the gateway. */
export function accessProblems(door: GatewayDoor, access: GatewayAccess = {}): string[] {
  const { tls, hosts, platform } = door;
  const { address, host, authorityConfigMapName, clientSecretName } = access;
  // What says nothing more once JSON is refused.
  if (!door.takesJson) {
    return [
      `requests are JSON, and the gateway takes gRPC only: ${platform.hasIstioApi ? 'leave out its JsonTranscoding.none()' : `${platform.name} has no transcoding, so send gRPC requests by other means`}`,
    ];
  }
  return collectProblems(
    address === undefined || ADDRESS.test(address)
      ? undefined
      : `address ${quote(address)} of the gateway is not valid: write it as 'HOST:PORT'`,
    address === undefined && tls !== undefined
      ? "the gateway speaks TLS, and its certificate names a host: give access.address, 'HOST:PORT' with that host"
      : undefined,
    address === undefined && tls === undefined && door.workload?.labels !== undefined
      ? "the gateway has pods of its own, and the Service in front of them is not known: give access.address, 'HOST:PORT'"
      : undefined,
    host === undefined || dnsSubdomainProblem('', host) === undefined
      ? undefined
      : `host ${quote(host)} of the requests is not valid: use a lower-case domain name`,
    host === undefined && usualHost(hosts) === undefined && !hosts.includes('*')
      ? `the gateway takes the hosts ${hosts.map(quote).join(', ')}: give access.host, one of them without '*'`
      : undefined,
    authorityConfigMapName === undefined ? undefined : dnsSubdomainProblem('authorityConfigMapName', authorityConfigMapName),
    clientSecretName === undefined ? undefined : dnsSubdomainProblem('clientSecretName', clientSecretName),
    (authorityConfigMapName !== undefined || clientSecretName !== undefined) && tls === undefined
      ? 'authorityConfigMapName and clientSecretName are for TLS, and the gateway speaks none: leave them out'
      : undefined,
    tls?._isMutual === true && clientSecretName === undefined
      ? 'the gateway asks its callers for a certificate: give access.clientSecretName'
      : undefined,
  );
}

function usualHost(hosts: readonly string[]): string | undefined {
  return hosts.includes('*') ? undefined : hosts.find((host) => !host.includes('*'));
}
