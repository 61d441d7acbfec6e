import {
  DestinationRule,
  DestinationRuleSpecTrafficPolicyLoadBalancerDynamicSubsetLbPolicy as LbPolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancerDynamicSubsetSubsetSelectorsFallbackPolicy as FallbackPolicy,
} from '../../imports/networking.istio.io';
import { dnsSubdomainProblem, qualifiedKeyProblem } from '../values/kubernetes-name';
import { collectProblems, quote } from '../values/problems';
import { addMeshVirtualService } from './mesh-virtual-service';
import type { RoutingStrategy } from './routing-strategy';

/** What happens to a request whose model no pod is known to hold. */
export enum SubsetFallback {
  /** Any pod takes it; ModelMesh loads the model or forwards the request. */
  ANY_ENDPOINT = 'ANY_ENDPOINT',
  /** It fails with 503, and so does the first request for every model that is not loaded. */
  NO_FALLBACK = 'NO_FALLBACK',
}

/** How a request is spread over the pods that hold its model. */
export enum SubsetLoadBalancing {
  /** One after the other. */
  ROUND_ROBIN = 'ROUND_ROBIN',
  /** The one with the fewest open requests of two. */
  LEAST_REQUEST = 'LEAST_REQUEST',
  /** At random. */
  RANDOM = 'RANDOM',
}

const FALLBACKS: Record<SubsetFallback, FallbackPolicy> = {
  [SubsetFallback.ANY_ENDPOINT]: FallbackPolicy.ANY_UNDERSCORE_ENDPOINT,
  [SubsetFallback.NO_FALLBACK]: FallbackPolicy.NO_UNDERSCORE_FALLBACK,
};

const LOAD_BALANCING: Record<SubsetLoadBalancing, LbPolicy> = {
  [SubsetLoadBalancing.ROUND_ROBIN]: LbPolicy.ROUND_UNDERSCORE_ROBIN,
  [SubsetLoadBalancing.LEAST_REQUEST]: LbPolicy.LEAST_UNDERSCORE_REQUEST,
  [SubsetLoadBalancing.RANDOM]: LbPolicy.RANDOM,
};

/** Properties of {@link ModelRouting.asmDynamicSubset}. */
export interface AsmDynamicSubsetProps {
  /** Request header that names the model. @default 'model' */
  readonly header?: string;
  /** Key under which ASM marks each runtime pod with the models that it holds. @default 'modelmesh.asm.alibabacloud.com' */
  readonly subsetKey?: string;
  /** What happens on a miss. @default SubsetFallback.ANY_ENDPOINT */
  readonly fallback?: SubsetFallback;
  /** How the holders of a model share its requests. @default - ASM's own */
  readonly loadBalancing?: SubsetLoadBalancing;
  /**
   * Whether the gateway tells ModelMesh, with the header `mm-balanced: "true"`, that it spreads the requests over the holders itself.
   *
   * Turning it off costs the gain for exactly the hot models: a pod that holds the model then still forwards requests to other holders.
   * With three copies of a model 67 % of the requests made the extra hop, with the header none (measured on ModelMesh behind Envoy).
   *
   * @default true
   */
  readonly markBalanced?: boolean;
  /** Name of the route in the VirtualService. @default 'default' */
  readonly routeName?: string;
  /** Name of the DestinationRule. @default - the name of the mesh's Service */
  readonly destinationRuleName?: string;
}

/**
 * ASM's dynamic subset routing: a DestinationRule groups the pods by the models they hold, a VirtualService maps a header to the group.
 *
 * Source: `networking/v1beta1/destination_rule.proto` and `virtual_service.proto` of aliyun/alibabacloud-servicemesh-api.
 */
export function asmDynamicSubset(options: AsmDynamicSubsetProps): RoutingStrategy {
  const props = { ...options };
  const header = props.header ?? 'model';
  const key = props.subsetKey ?? 'modelmesh.asm.alibabacloud.com';
  return {
    problems: (platform) =>
      collectProblems(
        platform.hasAsmExtensions
          ? undefined
          : `routing asmDynamicSubset needs ASM, and the platform is ${platform.name}, which refuses its fields: use ModelRouting.any(), or MeshPlatform.asm() on ASM`,
        // HTTP/2 carries lower-case header names only; Istio compares them as they are written.
        /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(header)
          ? undefined
          : `header ${quote(header)} is not valid: use lower-case letters, digits and '-'`,
        qualifiedKeyProblem('subset key', key),
        props.destinationRuleName === undefined ? undefined : dnsSubdomainProblem('name of the DestinationRule', props.destinationRuleName),
      ),
    addRoutes: (scope, context) => {
      const { labels, annotations, namespace, serviceName } = context;
      new DestinationRule(scope, 'DestinationRule', {
        metadata: { name: props.destinationRuleName ?? serviceName, namespace, labels, annotations },
        spec: {
          host: serviceName,
          trafficPolicy: {
            loadBalancer: {
              dynamicSubset: {
                subsetSelectors: [{ keys: [key], fallbackPolicy: FALLBACKS[props.fallback ?? SubsetFallback.ANY_ENDPOINT] }],
                lbPolicy: props.loadBalancing && LOAD_BALANCING[props.loadBalancing],
              },
            },
          },
        },
      });
      addMeshVirtualService(scope, context, props.routeName ?? 'default', {
        headerToDynamicSubsetKey: [{ header, key }],
        headers: (props.markBalanced ?? true) ? { request: { set: { 'mm-balanced': 'true' } } } : undefined,
      });
    },
  };
}
