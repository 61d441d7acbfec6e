import { SHIPPED_PORTS } from '../controller-config/service-ports';
import { SERVICE_LABEL } from '../labels-and-annotations';

/**
 * What ModelMesh puts into every runtime pod itself, so that a runtime may not.
 *
 * Source: `controllers/servingruntime_validator.go`, `controllers/modelmesh/const.go` and `config/internal/base/deployment.yaml.tmpl` of
 * kserve/modelmesh-serving.
 */

/** Containers that ModelMesh adds. */
export const RESERVED_CONTAINERS: readonly string[] = ['mm', 'rest-proxy', 'puller'];

/** The volume of the models, which the containers of a runtime may mount. */
export const MODELS_VOLUME = 'models-dir';

/** The volume of etcd's credentials. */
export const ETCD_VOLUME = 'etcd-config';

/** The volume of the certificate. It is not refused: with TLS ModelMesh puts its own in place of one of this name. */
export const TLS_VOLUME = 'tls-certs';

/** Volumes of ModelMesh that the containers of a runtime may not mount. */
export const RESERVED_MOUNTS: readonly string[] = ['storage-config', ETCD_VOLUME, 'tc-config', 'domain-socket'];

/** Volumes that ModelMesh refuses in a runtime. */
export const RESERVED_VOLUMES: readonly string[] = [...RESERVED_MOUNTS, MODELS_VOLUME];

/** Volumes that ModelMesh makes in some pods: for unix sockets, and with TLS. */
export const OPTIONAL_VOLUMES: readonly string[] = ['domain-socket', TLS_VOLUME];

/** Volumes that ModelMesh makes in every runtime pod. */
export const POD_VOLUMES: readonly string[] = [MODELS_VOLUME, 'storage-config', 'tc-config', ETCD_VOLUME];

/**
 * All volumes that ModelMesh makes. A claim of such a name makes the Deployment invalid, as ModelMesh names the volume of a claim after it; with
 * `etcd-config` it silently takes the place of etcd's credentials.
 */
export const ADDED_VOLUMES: readonly string[] = [...POD_VOLUMES, ...OPTIONAL_VOLUMES];

/** Names of ModelMesh's own ports. */
export const RESERVED_PORT_NAMES: readonly string[] = ['grpc', 'http', 'prometheus'];

/** The port at which the runtime pods of a mesh speak with each other. No Service and no container port names it. */
export const POD_TO_POD_PORT = 8080;

/** The port of the built-in adapter, unless the runtime names another. */
export const ADAPTER_PORT = 8085;

/** The port of the puller. */
export const PULLER_PORT = 8086;

/** Ports that ModelMesh refuses in a runtime, each with what listens there. */
export const RESERVED_PORTS: ReadonlyMap<number, string> = new Map([
  [POD_TO_POD_PORT, 'the traffic between the pods of ModelMesh'],
  [ADAPTER_PORT, 'the built-in adapter'],
  [8089, "ModelMesh's probes"],
  [8090, "ModelMesh's preStop hook"],
]);

/** As shipped, the ports of ModelMesh's gRPC service, REST proxy, metrics and puller, which it does not check. */
export const UNCHECKED_PORTS: readonly number[] = [...Object.values(SHIPPED_PORTS), PULLER_PORT];

/** Ports that ModelMesh refuses for later use, both ends included. */
export const RESERVED_PORT_RANGE: { readonly first: number; readonly last: number } = { first: 11881, last: 11899 };

/** The labels by which ModelMesh's Deployments and its Service know their pods: a runtime's own value ends that. */
export const SELECTOR_LABELS: readonly string[] = [SERVICE_LABEL, 'name'];

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
