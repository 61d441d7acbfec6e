import { posix } from 'node:path';
import type { FieldPath } from '../../manifests/fields';
import { hasBuiltInAdapter, hasPuller, type Runtime } from './runtimes';

/** An endpoint as ModelMesh takes it: what begins with `port:` is a port, everything else the path of a socket. */
export interface Endpoint {
  readonly field: EndpointField;
  readonly path: FieldPath;
  /** As its author wrote it. */
  readonly text: string;
  /** The text after `port:`; undefined for a socket. */
  readonly port?: string;
  /** The folder of the socket; undefined for a port. */
  readonly folder?: string;
}

/** `grpcEndpoint` is for loading models, `grpcDataEndpoint` for inference. */
export type EndpointField = 'grpcEndpoint' | 'grpcDataEndpoint';

/** What ModelMesh does with an endpoint that it cannot use. */
export enum EndpointFault {
  /** It is neither of the form `port:N` nor `unix:/PATH`. */
  MALFORMED = 'malformed',
  /** A built-in adapter listens on a port, and this is none. */
  NO_ADAPTER_PORT = 'no adapter port',
  /** No TCP port has this number. */
  OUT_OF_RANGE = 'out of range',
}

/**
 * An endpoint of a runtime, if it has one.
 *
 * Source: `ParseEndpoint` in `controllers/modelmesh/endpoint.go` of kserve/modelmesh-serving.
 */
export function endpointOf({ manifest }: Runtime, field: EndpointField): Endpoint | undefined {
  const text = manifest.text('spec', field);
  if (text === undefined) return undefined;
  const path = ['spec', field];
  if (text.startsWith('port:')) return { field, path, text, port: text.slice('port:'.length) };
  return { field, path, text, folder: folderOf(text.replace('unix://', '').replace('unix:', '')) };
}

/** The number of an endpoint's port; undefined for a socket, and for what is no number. */
export function portNumberOf(endpoint: Endpoint | undefined): number | undefined {
  return endpoint?.port !== undefined && /^[0-9]+$/.test(endpoint.port) ? Number(endpoint.port) : undefined;
}

/**
 * What makes an endpoint unusable by itself.
 *
 * The controller refuses most of these when it builds the Deployment: with the puller because of the form, otherwise because the socket's
 * volume is not there. `port:` with anything behind it passes in places, and is then handed to a server that cannot listen there.
 */
export function faultOf(runtime: Runtime, endpoint: Endpoint): EndpointFault | undefined {
  if (endpoint.field === 'grpcEndpoint' && hasBuiltInAdapter(runtime) && portNumberOf(endpoint) === undefined) {
    return EndpointFault.NO_ADAPTER_PORT;
  }
  if (endpoint.port !== undefined) {
    const port = portNumberOf(endpoint);
    if (port === undefined) return EndpointFault.MALFORMED;
    return port >= 1 && port <= 65535 ? undefined : EndpointFault.OUT_OF_RANGE;
  }
  // A folder is mounted for the socket, and nothing can be mounted in place of the root.
  const isSocket = endpoint.text.startsWith('unix:') && endpoint.folder !== '.' && endpoint.folder !== '/';
  return isSocket ? undefined : EndpointFault.MALFORMED;
}

/** The folders of a runtime's sockets, when there are two: ModelMesh mounts one. */
export function splitSocketsOf(runtime: Runtime): readonly [Endpoint, Endpoint] | undefined {
  const [management, data] = [endpointOf(runtime, 'grpcEndpoint'), endpointOf(runtime, 'grpcDataEndpoint')];
  if (management?.folder === undefined || data?.folder === undefined || management.folder === data.folder) return undefined;
  return [management, data];
}

/**
 * Whether ModelMesh's container has no way to the management socket: it mounts the folder of the data endpoint, and when that is a port,
 * none. With the puller in between it needs none.
 *
 * Source: `mountPoint` in `controllers/modelmesh/util.go` of kserve/modelmesh-serving.
 */
export function isManagementSocketUnreachable(runtime: Runtime): boolean {
  if (hasPuller(runtime) || hasBuiltInAdapter(runtime)) return false;
  const [management, data] = [endpointOf(runtime, 'grpcEndpoint'), endpointOf(runtime, 'grpcDataEndpoint')];
  return management?.folder !== undefined && data?.port !== undefined;
}

// As Go's filepath.Dir: everything before the last '/', in its shortest form.
function folderOf(path: string): string {
  const folder = posix.normalize(path.slice(0, path.lastIndexOf('/') + 1));
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}
