import { runtimePodsOf } from '../../modelmesh/network/network-policies';
import { hasSidecar, isPortExcluded, strictPolicy } from '../../modelmesh/network/strict-mtls';
import { POD_TO_POD_PORT } from '../../modelmesh/runtime/reserved';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

const ANNOTATION = 'traffic.sidecar.istio.io/excludeInboundPorts';

export const MM453: Rule = {
  code: 'MM453',
  severity: Severity.WARNING,
  title: 'strict mTLS keeps the pods of a mesh from each other',
  *check(set) {
    for (const group of runtimePodsOf(set).values()) {
      for (const pods of group) {
        const { runtime, namespace } = pods;
        const policy = strictPolicy(set, pods);
        if (policy === undefined || !hasSidecar(set, pods) || isPortExcluded(pods)) continue;
        yield {
          manifest: runtime ?? policy,
          path: runtime === undefined ? ['spec', 'mtls', 'mode'] : ['spec', 'annotations', ANNOTATION],
          message: `${policy.title} demands mTLS of the runtime pods in namespace ${quote(namespace)}, which call each other in plain text at port ${POD_TO_POD_PORT}: a request that meets a pod without the model may fail; set ${ANNOTATION} to "${POD_TO_POD_PORT}" in spec.annotations of the runtime, or portLevelMtls of ${POD_TO_POD_PORT} to PERMISSIVE`,
        };
      }
    }
  },
};
