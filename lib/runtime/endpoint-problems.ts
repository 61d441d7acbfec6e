import { ADAPTER_PORT } from '../modelmesh/runtime/reserved';
import { collectProblems, quote } from '../values/problems';
import { RuntimeEndpoint } from '../values/runtime-endpoint';
import { reservedPortProblem } from './modelmesh-reserved';
import type { ServingRuntimeProps } from './serving-runtime-props';

/** ModelMesh's usual port for the management API, of the adapter or of the runtime itself. */
const MANAGEMENT_PORT = ADAPTER_PORT;

/** The problems of the endpoints of a serving runtime: of each, and of those that do not go together. */
export function endpointProblems(props: ServingRuntimeProps): string[] {
  const management = props.managementEndpoint ?? RuntimeEndpoint.port(MANAGEMENT_PORT);
  return [...socketProblems(props, management), ...portProblems(props, management)];
}

function socketProblems(props: ServingRuntimeProps, management: RuntimeEndpoint): string[] {
  const data = props.dataEndpoint;
  const [managementSocket, dataSocket] = [management.socketPath, data?.socketPath];
  const folders = new Set([managementSocket, dataSocket].filter((path) => path !== undefined).map(folderOf));
  const mounts = props.containers.flatMap((container) =>
    (container.volumeMounts ?? []).map((mount) => ({ container, path: mount.mountPath })),
  );
  return collectProblems(
    props.adapter.server !== undefined && managementSocket !== undefined
      ? `management endpoint ${quote(management.toString())} is a socket, and a built-in adapter listens on a port: use RuntimeEndpoint.port(8085)`
      : undefined,
    managementSocket !== undefined && dataSocket !== undefined && folders.size > 1
      ? `sockets ${quote(managementSocket)} and ${quote(dataSocket)} are in two folders, and ModelMesh mounts one: put them into the same`
      : undefined,
    props.adapter.isStorageHelperDisabled && managementSocket !== undefined && data?.portNumber !== undefined
      ? `management endpoint ${quote(management.toString())} is a socket while the data endpoint ${quote(data.toString())} is a port; ModelMesh then has no mount for the socket: use the same kind for both`
      : undefined,
    folders.has('/models') ? "sockets are in '/models', where ModelMesh mounts the models: choose another folder" : undefined,
    ...mounts
      .filter(({ path }) => folders.has(path))
      .map(
        ({ container, path }) =>
          `mount path ${quote(path)} of container ${quote(container.name)} is where ModelMesh mounts the sockets: choose another`,
      ),
  );
}

// All containers of a pod share its ports, so a server that listens where ModelMesh does never starts, declared or not.
function portProblems(props: ServingRuntimeProps, management: RuntimeEndpoint): string[] {
  const data = props.dataEndpoint?.portNumber;
  const server = props.adapter._builtIn?.managementPort;
  const adapter = props.adapter.server === undefined ? undefined : management.portNumber;
  const declared = props.containers.flatMap((container) => container.ports ?? []).map(({ port }) => port);
  return collectProblems(
    reserved('management endpoint', management.portNumber === MANAGEMENT_PORT ? undefined : management.portNumber),
    reserved('data endpoint', data === MANAGEMENT_PORT && adapter === undefined ? undefined : data),
    reserved("server's management port", server),
    adapter !== undefined && adapter !== MANAGEMENT_PORT && [server, data, ...declared].includes(adapter)
      ? `management endpoint ${quote(management.toString())} is the adapter's own port, and the model server listens there: choose another`
      : undefined,
  );
}

function reserved(what: string, port: number | undefined): string | undefined {
  const problem = port === undefined ? undefined : reservedPortProblem(port);
  return problem === undefined ? undefined : `${what}: ${problem}`;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
