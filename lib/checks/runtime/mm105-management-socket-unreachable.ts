import { endpointOf, isManagementSocketUnreachable } from '../../modelmesh/runtime/endpoints';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM105: Rule = {
  code: 'MM105',
  severity: Severity.ERROR,
  title: 'ModelMesh cannot reach the management socket of a runtime',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const management = endpointOf(runtime, 'grpcEndpoint');
      if (management === undefined || !management.text.startsWith('unix:') || !isManagementSocketUnreachable(runtime)) return [];
      return [
        {
          path: management.path,
          message: `spec.grpcEndpoint ${quote(management.text)} is a socket and spec.grpcDataEndpoint a port; without the puller ModelMesh's container then gets no mount for the socket and waits for ever: make both sockets or both ports`,
        },
      ];
    }),
};
