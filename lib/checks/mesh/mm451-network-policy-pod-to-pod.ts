import { allowsPort, ingressPolicies, runtimePodsOf } from '../../modelmesh/network/network-policies';
import { POD_TO_POD_PORT } from '../../modelmesh/runtime/reserved';
import { type Rule, Severity } from '../rule';

export const MM451: Rule = {
  code: 'MM451',
  severity: Severity.WARNING,
  title: 'a NetworkPolicy keeps the pods of a mesh from each other',
  *check(set) {
    for (const group of runtimePodsOf(set).values()) {
      for (const pods of group) {
        const policies = ingressPolicies(set, pods);
        const manifest = policies[0];
        if (manifest === undefined) continue;
        if (group.every((from) => allowsPort(set, policies, POD_TO_POD_PORT, '', from))) continue;
        yield {
          manifest,
          path: ['spec', 'ingress'],
          message: `the policy selects runtime pods, and none of the namespace lets them reach each other at port ${POD_TO_POD_PORT}: a request that meets a pod without the model fails; allow port ${POD_TO_POD_PORT} from pods with the label modelmesh-service`,
        };
        break;
      }
    }
  },
};
