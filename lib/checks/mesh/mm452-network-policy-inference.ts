import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { allowsPort, ingressPolicies, runtimePodsOf } from '../../modelmesh/network/network-policies';
import { type Rule, Severity } from '../rule';

export const MM452: Rule = {
  code: 'MM452',
  severity: Severity.WARNING,
  title: "a NetworkPolicy keeps ModelMesh's controller and all clients from the runtime pods",
  *check(set) {
    const port = servicePortsOf(set).grpc;
    for (const group of runtimePodsOf(set).values()) {
      for (const pods of group) {
        const policies = ingressPolicies(set, pods);
        const manifest = policies[0];
        if (manifest === undefined || allowsPort(set, policies, port, 'grpc')) continue;
        yield {
          manifest,
          path: ['spec', 'ingress'],
          message: `the policy selects runtime pods, and none of the namespace lets anything reach them at port ${port}: ModelMesh's controller cannot register models, and no client gets an answer; allow port ${port}, from the namespace of the controller too`,
        };
        break;
      }
    }
  },
};
