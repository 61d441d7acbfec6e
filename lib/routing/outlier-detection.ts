import type { DestinationRuleSpecTrafficPolicyOutlierDetection } from '../../imports/networking.istio.io';

const FAILURES_UNTIL_EJECTION = 3;
const EJECTION_SECONDS = 30;

/**
 * A pod that fails gets no requests for a while.
 *
 * An error of the model server itself, such as that for a malformed request, is a 500, and would let one caller take a model from its pod: only
 * failures on the way to a pod count. Subsets have it from their host.
 *
 * A time that runs out counts, too, and Envoy cannot tell it from a pod that is dead: requests for a model that loads for longer than the gateway
 * waits may take every pod out. Then all of them are asked again, as `minHealthPercent` says: else no request would be served until one is back.
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
    minHealthPercent: 1,
  };
}
