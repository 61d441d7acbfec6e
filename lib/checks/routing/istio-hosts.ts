import { perSet } from '../../manifests/manifest-set';
import { ISTIO_GROUP } from './asm-platform';
import type { ServiceName } from './known-services';

/**
 * The Service that Istio takes a host for: a name without dots is one of the namespace of the object that holds it, all others are full names.
 *
 * Source: `ResolveShortnameToFQDN` in `pilot/pkg/model/config.go` of istio/istio.
 */
export function serviceOfHost(host: string, namespace: string): ServiceName | undefined {
  if (host === '' || host === '*') return undefined;
  if (!host.includes('.')) return { namespace, name: host };
  const match = /^([^.*]+)\.([^.]+)\.svc\..+$/.exec(host);
  return match === null ? undefined : { name: match[1]!, namespace: match[2]! };
}

/** The Service that the author of `NAME.NAMESPACE` or `NAME.NAMESPACE.svc` meant; Istio takes it for the name of a host elsewhere. */
export function halfNamedService(host: string): ServiceName | undefined {
  const match = /^([^.*]+)\.([^.]+)(\.svc)?$/.exec(host);
  return match === null || /^[0-9]+$/.test(match[2]!) ? undefined : { name: match[1]!, namespace: match[2]! };
}

/** The full name of a Service. */
export function fullHost({ namespace, name }: ServiceName): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/** The hosts that ServiceEntries add to the mesh. */
export const serviceEntryHosts = perSet((set): ReadonlySet<string> => {
  const hosts = set.ofKind(ISTIO_GROUP, 'ServiceEntry').flatMap((manifest) => manifest.list('spec', 'hosts'));
  return new Set(hosts.filter((host): host is string => typeof host === 'string'));
});

/** Whether one host admits the other: the same, or one is a wildcard that takes the other in. */
export function hostsOverlap(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a === b || a === '*' || b === '*') return true;
  if (a.startsWith('*') && b.startsWith('*')) return a.endsWith(b.slice(1)) || b.endsWith(a.slice(1));
  if (a.startsWith('*')) return b.endsWith(a.slice(1));
  return b.startsWith('*') && a.endsWith(b.slice(1));
}
