import { EndpointFault, endpointOf, faultOf } from '../../modelmesh/runtime/endpoints';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM103: Rule = {
  code: 'MM103',
  severity: Severity.ERROR,
  title: 'the endpoint of a built-in adapter is no port',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const endpoint = endpointOf(runtime, 'grpcEndpoint');
      if (endpoint === undefined || faultOf(runtime, endpoint) !== EndpointFault.NO_ADAPTER_PORT) return [];
      return [
        {
          path: endpoint.path,
          message: `spec.grpcEndpoint is ${quote(endpoint.text)}, and a built-in adapter listens on a TCP port, so ModelMesh makes no pods: use the form "port:N", e.g. "port:8085"`,
        },
      ];
    }),
};
