import type { KubernetesObject } from '../kubernetes/object';
import type { Credential } from './certificates';

/** The Secret with a gateway's certificate, as cert-manager would make it. With an authority it has that of the callers, too. */
export function tlsSecret(namespace: string, name: string, { cert, key }: Credential, clientAuthority?: string): KubernetesObject {
  const data = { 'tls.crt': cert, 'tls.key': key, ...(clientAuthority === undefined ? {} : { 'ca.crt': clientAuthority }) };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/tls', stringData: data };
}
