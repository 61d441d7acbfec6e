import { EndpointFault, endpointOf, faultOf } from '../../modelmesh/runtime/endpoints';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM102: Rule = {
  code: 'MM102',
  severity: Severity.ERROR,
  title: 'an endpoint of a runtime is neither a port nor a socket',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      (['grpcEndpoint', 'grpcDataEndpoint'] as const).flatMap((field) => {
        const endpoint = endpointOf(runtime, field);
        const fault = endpoint === undefined ? undefined : faultOf(runtime, endpoint);
        if (endpoint === undefined || fault === undefined || fault === EndpointFault.NO_ADAPTER_PORT) return [];
        const what = `spec.${field} is ${quote(endpoint.text)}`;
        const message =
          fault === EndpointFault.OUT_OF_RANGE
            ? `${what}, and ports go from 1 to 65535, so nothing can listen there: use the port of the server, e.g. "port:8001"`
            : endpoint.text.startsWith('unix:')
              ? `${what}, and ModelMesh mounts the folder of the socket, which can be neither missing nor the root: use "unix:/FOLDER/FILE"`
              : `${what}, which ModelMesh can take neither for a port nor for a socket: use "port:N", e.g. "port:8001", or "unix:/FOLDER/FILE"`;
        return [{ path: endpoint.path, message }];
      }),
    ),
};
