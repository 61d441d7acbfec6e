import type { DestinationRuleSpecTrafficPolicyOutlierDetection } from '../../imports/networking.istio.io';

const FAILURES_UNTIL_EJECTION = 3;
const EJECTION_SECONDS = 30;

/**
 * A pod that fails gets no requests for a while.
 *
 * An error of the model server itself, such as that for a malformed request, is a 500, and would let one caller take a model from its pod: only
 * failures on the way to a pod count. Subsets have it from their host.
 *
 * @param failures 502s, 503s, 504s or connections that fail, in a row; left out, 3
 * @param seconds how long it gets none, longer after each further time; left out, 30
 */
export function gatewayOutlierDetection(failures?: number, seconds?: number): DestinationRuleSpecTrafficPolicyOutlierDetection {
  return {
    consecutive5XxErrors: 0,
    consecutiveGatewayErrors: failures ?? FAILURES_UNTIL_EJECTION,
    interval: '1s',
    baseEjectionTime: `${seconds ?? EJECTION_SECONDS}s`,
    maxEjectionPercent: 100,
  };
}
