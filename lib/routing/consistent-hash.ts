import { DestinationRule, type DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash } from '../../imports/networking.istio.io';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { addMeshVirtualService, withOwnTimeouts } from './mesh-virtual-service';
import { gatewayOutlierDetection } from './outlier-detection';
import { istioApiProblem } from './platform-fit';
import type { RoutingStrategy } from './routing-strategy';
import { lazySubsets, runtimeRoutes } from './runtime-subset';

/** How a hash becomes a pod. */
export enum HashAlgorithm {
  /** A ring on which every pod has many places. */
  RING_HASH = 'RING_HASH',
  /** Google's Maglev: a table in which every pod has an equal share; quicker to look up, and moves some more keys when pods come or go. */
  MAGLEV = 'MAGLEV',
}

/** Properties of {@link ModelRouting.consistentHash}. */
export interface ConsistentHashProps {
  /** How a hash becomes a pod. @default HashAlgorithm.RING_HASH */
  readonly algorithm?: HashAlgorithm;
  /** Places on the ring, at least; up to 8,388,608. More of them share the models more evenly. @default 1024 */
  readonly minimumRingSize?: number;
  /** Places in Maglev's table: a prime below 5,000,011, and more than a hundred for each pod. @default 65537 */
  readonly tableSize?: number;
  /** Whether a model is hashed to the pods of the one runtime that can serve it, not to all. @default false */
  readonly withinRuntimes?: boolean;
  /** Name of the DestinationRule. @default - the name of the mesh's Service */
  readonly destinationRuleName?: string;
  /** Name of the VirtualService's last route. @default 'default' */
  readonly routeName?: string;
}

const MAX_TABLE_SIZE = 5_000_010;
const MAX_RING_SIZE = 8_388_608;

/**
 * Always the same pod for a model, by the hash of the header that names it: one rule for any number of models. Which pod that is has nothing to do
 * with where ModelMesh loads the model; with few requests for many models the pod that gets them comes to hold it.
 *
 * Source: `ConsistentHashLB` in `networking/v1alpha3/destination_rule.proto` of istio/api, and Istio's `pkg/config/validation`.
 */
export function consistentHash(options: ConsistentHashProps): RoutingStrategy {
  const props = { ...options };
  const algorithm = props.algorithm ?? HashAlgorithm.RING_HASH;
  return {
    problems: (platform) =>
      collectProblems(
        istioApiProblem('consistentHash', platform),
        integerProblem('minimumRingSize', props.minimumRingSize, 1, MAX_RING_SIZE),
        integerProblem('tableSize', props.tableSize, 2, MAX_TABLE_SIZE) ?? primeProblem(props.tableSize),
        props.tableSize !== undefined && algorithm !== HashAlgorithm.MAGLEV
          ? `tableSize ${quote(props.tableSize)} is for Maglev, and the algorithm is a ring: set HashAlgorithm.MAGLEV, or use minimumRingSize`
          : undefined,
        props.minimumRingSize !== undefined && algorithm !== HashAlgorithm.RING_HASH
          ? `minimumRingSize ${quote(props.minimumRingSize)} is for a ring, and the algorithm is Maglev: set HashAlgorithm.RING_HASH, or use tableSize`
          : undefined,
        props.destinationRuleName === undefined ? undefined : dnsSubdomainProblem('name of the DestinationRule', props.destinationRuleName),
        props.routeName === undefined ? undefined : dnsSubdomainProblem('name of the route', props.routeName),
      ),
    addRoutes: (scope, context) => {
      const { namespace, labels, annotations, serviceName, modelHeader } = context;
      const hash: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash =
        algorithm === HashAlgorithm.MAGLEV
          ? { httpHeaderName: modelHeader, maglev: { tableSize: props.tableSize ?? 65_537 } }
          : { httpHeaderName: modelHeader, ringHash: { minimumRingSize: props.minimumRingSize ?? 1024 } };
      new DestinationRule(scope, 'DestinationRule', {
        metadata: { name: props.destinationRuleName ?? serviceName, namespace, labels, annotations },
        spec: {
          host: serviceName,
          // Without it every request of a model fails while its pod is dead and still listed: a retry meets the same pod.
          trafficPolicy: { loadBalancer: { consistentHash: hash }, outlierDetection: gatewayOutlierDetection() },
          // Their traffic policy is that of the host.
          subsets: props.withinRuntimes ? lazySubsets(context) : undefined,
        },
      });
      const last = { name: props.routeName ?? 'default' };
      addMeshVirtualService(scope, context, () =>
        props.withinRuntimes ? runtimeRoutes(context, props) : withOwnTimeouts(last, context.models()),
      );
    },
  };
}

function primeProblem(size: number | undefined): string | undefined {
  if (size === undefined || isPrime(size)) return undefined;
  let next = size;
  while (!isPrime(next) && next < MAX_TABLE_SIZE) next += 1;
  const near = isPrime(next) ? next : 4_999_999;
  return `tableSize ${quote(size)} is no prime, and Istio refuses it: use e.g. ${near}, or leave it out for 65537`;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) return false;
  return number >= 2;
}
