import { type FieldPath, listAt, numberAt } from '../../manifests/fields';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { servicePortsOf } from '../controller-config/service-ports';
import { adapterSettingsOf, goInteger } from './adapter';
import { endpointOf, portNumberOf } from './endpoints';
import { ADAPTER_PORT, isReservedPort, PULLER_PORT, RESERVED_PORTS } from './reserved';
import { containersOf, entriesOf, hasBuiltInAdapter, hasPuller, type Runtime } from './runtimes';

/** A port on which a container of a runtime listens, by what the runtime says. */
export interface Listener {
  readonly port: number;
  readonly path: FieldPath;
  /** What the runtime writes there. */
  readonly text: string;
}

/** Ports that ModelMesh takes in every pod, each with what listens there. */
const sharedListenersOf = perSet((set): ReadonlyMap<number, string> => {
  const { grpc, rest, metrics } = servicePortsOf(set);
  return new Map([
    // The adapter listens only where there is one, on the port that the runtime names.
    ...[...RESERVED_PORTS].filter(([port]) => port !== ADAPTER_PORT),
    ...(metrics === undefined ? [] : ([[metrics, "ModelMesh's metrics"]] as const)),
    ...(rest === undefined ? [] : ([[rest, "ModelMesh's REST proxy"]] as const)),
    [grpc, "ModelMesh's gRPC service"],
  ]);
});

/**
 * The ports that ModelMesh's own containers take in the pods of a runtime, each with what listens there.
 *
 * @param withAdapter whether the built-in adapter is one of them
 */
export function meshListenersOf(set: ManifestSet, runtime: Runtime, withAdapter = true): ReadonlyMap<number, string> {
  const adapter = withAdapter ? adapterPortOf(runtime) : undefined;
  return new Map([
    ...(adapter === undefined ? [] : ([[adapter.port, 'the built-in adapter']] as const)),
    ...(hasPuller(runtime) ? ([[PULLER_PORT, "ModelMesh's puller"]] as const) : []),
    ...sharedListenersOf(set),
  ]);
}

/** The port of the built-in adapter; undefined without one, and when it is no port. */
export function adapterPortOf(runtime: Runtime): Listener | undefined {
  return hasBuiltInAdapter(runtime) ? endpointListener(runtime, 'grpcEndpoint') : undefined;
}

/** The ports on which the containers of a runtime itself listen: declared ones that pass the validation, and endpoints. */
export function runtimeListenersOf(runtime: Runtime): readonly Listener[] {
  const management = hasBuiltInAdapter(runtime) ? undefined : endpointListener(runtime, 'grpcEndpoint');
  const data = endpointListener(runtime, 'grpcDataEndpoint');
  const server = adapterSettingsOf(runtime).get('RUNTIME_PORT');
  const serverPort = goInteger(server?.value);
  return [
    ...declaredListeners(runtime),
    ...(management === undefined ? [] : [management]),
    ...(data === undefined ? [] : [data]),
    // The server's one port, when both kinds of calls go there, is reported once.
    ...(server === undefined || serverPort === undefined || serverPort === data?.port
      ? []
      : [{ port: serverPort, path: server.path, text: String(serverPort) }]),
  ];
}

function declaredListeners(runtime: Runtime): readonly Listener[] {
  return containersOf(runtime).flatMap(({ path, fields }) =>
    entriesOf(listAt(fields, 'ports'), [...path, 'ports']).flatMap((entry) => {
      const port = numberAt(entry.fields, 'containerPort');
      if (port === undefined || isReservedPort(port)) return [];
      return [{ port, path: [...entry.path, 'containerPort'], text: String(port) }];
    }),
  );
}

function endpointListener(runtime: Runtime, field: 'grpcEndpoint' | 'grpcDataEndpoint'): Listener | undefined {
  const endpoint = endpointOf(runtime, field);
  const port = portNumberOf(endpoint);
  return endpoint === undefined || port === undefined ? undefined : { port, path: endpoint.path, text: endpoint.text };
}
