import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { textAt } from '../../manifests/fields';
import { controllerConfigOf } from '../controller-config/controller-config';
import { controllerNamespacesOf, meshContentsOf, MeshState, meshStateOf } from './namespaces';

/** The keys that the Secret with the certificate must have. Source: `controllers/modelmesh/tls.go` of kserve/modelmesh-serving. */
export const TLS_KEYS = ['tls.crt', 'tls.key'] as const;
/** The key with the authority that signed the certificate, when it is not a public one. */
export const CA_KEY = 'ca.crt';

const secretMakersOf = perSet((set): ReadonlySet<string> => {
  const key = (manifest: Manifest, ...paths: (readonly string[])[]): string => {
    const name = paths.map((path) => textAt(manifest.fields, ...path)).find((text) => text !== undefined);
    return `${manifest.namespace}/${name ?? manifest.name}`;
  };
  return new Set([
    ...set.ofKind('cert-manager.io', 'Certificate').map((manifest) => key(manifest, ['spec', 'secretName'])),
    ...set.ofKind('external-secrets.io', 'ExternalSecret').map((manifest) => key(manifest, ['spec', 'target', 'name'])),
    ...set.ofKind('bitnami.com', 'SealedSecret').map((manifest) => key(manifest, ['spec', 'template', 'metadata', 'name'])),
  ]);
});

/** Whether a Secret exists: in the manifests, made by others, or made by cert-manager, External Secrets or Sealed Secrets. */
export function hasSecret(set: ManifestSet, namespace: string, name: string): boolean {
  return (
    set.find('', 'Secret', namespace, name) !== undefined ||
    set.isMadeElsewhere('Secret', namespace, name) ||
    secretMakersOf(set).has(`${namespace}/${name}`)
  );
}

/** A namespace that needs the Secret with the certificate. */
export interface TlsNamespace {
  readonly namespace: string;
  /** Whether runtime pods mount the Secret here; otherwise only the controller reads it. */
  readonly hasRuntimePods: boolean;
}

/** The namespaces that need the Secret with the certificate, as far as the manifests show them; none without TLS. */
export const tlsNamespacesOf = perSet((set): readonly TlsNamespace[] => {
  if (controllerConfigOf(set).tlsSecretName === '') return [];
  const meshes = [...meshContentsOf(set).keys()].filter((name) => name !== '' && meshStateOf(set, name) !== MeshState.DISABLED);
  const controllers = [...controllerNamespacesOf(set).names].filter((name) => name !== '' && !meshes.includes(name));
  return [
    ...meshes.map((namespace) => ({ namespace, hasRuntimePods: true })),
    ...controllers.map((namespace) => ({ namespace, hasRuntimePods: false })),
  ];
});

/** The Secrets of the manifests that hold the certificate; none without TLS. */
export const tlsSecretsOf = perSet((set): readonly Manifest[] => {
  const { tlsSecretName } = controllerConfigOf(set);
  if (tlsSecretName === '') return [];
  const namespaces = new Set(tlsNamespacesOf(set).map(({ namespace }) => namespace));
  return set.ofKind('', 'Secret').filter(({ name, namespace }) => name === tlsSecretName && namespaces.has(namespace));
});

/** Whether a name of a certificate covers a host. A leading `*` stands for one label. */
export function coversHost(dnsName: string, host: string): boolean {
  const name = dnsName.toLowerCase();
  if (!name.startsWith('*.')) return name === host.toLowerCase();
  const dot = host.indexOf('.');
  return dot > 0 && name.slice(1) === host.toLowerCase().slice(dot);
}
