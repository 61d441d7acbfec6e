/**
 * Volumes that ModelMesh makes in every runtime pod. A claim of such a name makes the Deployment invalid, as ModelMesh names the volume of a
 * claim after it; with `etcd-config` it silently takes the place of etcd's credentials.
 */
export const MODELMESH_POD_VOLUMES: readonly string[] = ['models-dir', 'storage-config', 'tc-config', 'etcd-config'];

/** Volumes that ModelMesh makes in some pods: for unix sockets, and with TLS. */
export const MODELMESH_OPTIONAL_VOLUMES: readonly string[] = ['domain-socket', 'tls-certs'];
