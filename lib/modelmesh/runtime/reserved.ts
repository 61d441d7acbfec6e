/**
 * What ModelMesh puts into every runtime pod itself, so that a runtime may not.
 *
 * Source: `controllers/servingruntime_validator.go`, `controllers/modelmesh/const.go` and `config/internal/base/deployment.yaml.tmpl` of
 * kserve/modelmesh-serving.
 */

/** Containers that ModelMesh adds. */
export const RESERVED_CONTAINERS: readonly string[] = ['mm', 'rest-proxy', 'puller'];

/** Volumes that ModelMesh adds, and refuses in a runtime. */
export const RESERVED_VOLUMES: readonly string[] = ['storage-config', 'etcd-config', 'tc-config', 'domain-socket', 'models-dir'];

/** The volume of the certificate. It is not refused: with TLS ModelMesh puts its own in place of one of this name. */
export const TLS_VOLUME = 'tls-certs';

/** Volumes of ModelMesh that the containers of a runtime may not mount. The folder of the models they may. */
export const RESERVED_MOUNTS: readonly string[] = ['storage-config', 'etcd-config', 'tc-config', 'domain-socket'];

/** Names of ModelMesh's own ports. */
export const RESERVED_PORT_NAMES: readonly string[] = ['grpc', 'http', 'prometheus'];

/** Ports that ModelMesh refuses in a runtime, each with what listens there. */
export const RESERVED_PORTS: ReadonlyMap<number, string> = new Map([
  [8080, 'the traffic between the pods of ModelMesh'],
  [8085, 'the built-in adapter'],
  [8089, "ModelMesh's probes"],
  [8090, "ModelMesh's preStop hook"],
]);

/** As shipped, the ports of ModelMesh's metrics, REST proxy, gRPC service and puller, which it does not check. */
export const UNCHECKED_PORTS: readonly number[] = [2112, 8008, 8033, 8086];

/** Ports that ModelMesh refuses for later use, both ends included. */
export const RESERVED_PORT_RANGE: { readonly first: number; readonly last: number } = { first: 11881, last: 11899 };

/** The labels by which ModelMesh's Deployments and its Service know their pods: a runtime's own value ends that. */
export const SELECTOR_LABELS: readonly string[] = ['modelmesh-service', 'name'];

/** Labels of the pods that ModelMesh's network policies and people select by; a runtime's own value wins. */
export const MANAGED_LABELS: readonly string[] = ['app.kubernetes.io/instance', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/name'];

/** Where ModelMesh mounts the folder of the models in every container of a runtime. */
export const MODELS_FOLDER = '/models';

/** Whether ModelMesh keeps a name to itself: one of a list, or any that begins with `mm-`. */
export function isReservedName(name: string, names: readonly string[]): boolean {
  return names.includes(name) || name.startsWith('mm-');
}

/** Whether ModelMesh refuses a port in a runtime's containers. */
export function isReservedPort(port: number): boolean {
  return RESERVED_PORTS.has(port) || (port >= RESERVED_PORT_RANGE.first && port <= RESERVED_PORT_RANGE.last);
}
