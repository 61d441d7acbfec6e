import {
  DestinationRule,
  DestinationRuleSpecTrafficPolicyLoadBalancerDynamicSubsetFallbackPolicy as FallbackPolicyOfAll,
  DestinationRuleSpecTrafficPolicyLoadBalancerDynamicSubsetLbPolicy as LbPolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancerDynamicSubsetSubsetSelectorsFallbackPolicy as FallbackPolicy,
} from '../../imports/networking.istio.io';
import { dnsSubdomainProblem, labelProblems, qualifiedKeyProblem } from '../values/kubernetes-name';
import { collectProblems, quote } from '../values/problems';
import { headerNameProblem } from './header-name';
import { addMeshVirtualService, withOwnTimeouts } from './mesh-virtual-service';
import { nearestStrategy } from './platform-fit';
import type { RoutingStrategy } from './routing-strategy';

/** What happens to a request whose model no pod is known to hold. */
export enum SubsetFallback {
  /** Any pod takes it; ModelMesh loads the model or forwards the request. */
  ANY_ENDPOINT = 'ANY_ENDPOINT',
  /** It fails with 503, and so does the first request for every model that is not loaded. */
  NO_FALLBACK = 'NO_FALLBACK',
  /** The pods of `defaultSubset` take it. */
  DEFAULT_SUBSET = 'DEFAULT_SUBSET',
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
  [SubsetFallback.DEFAULT_SUBSET]: FallbackPolicy.DEFAULT_UNDERSCORE_SUBSET,
};
const FALLBACKS_OF_ALL: Record<SubsetFallback, FallbackPolicyOfAll> = {
  [SubsetFallback.ANY_ENDPOINT]: FallbackPolicyOfAll.ANY_UNDERSCORE_ENDPOINT,
  [SubsetFallback.NO_FALLBACK]: FallbackPolicyOfAll.NO_UNDERSCORE_FALLBACK,
  [SubsetFallback.DEFAULT_SUBSET]: FallbackPolicyOfAll.DEFAULT_UNDERSCORE_SUBSET,
};

const LOAD_BALANCING: Record<SubsetLoadBalancing, LbPolicy> = {
  [SubsetLoadBalancing.ROUND_ROBIN]: LbPolicy.ROUND_UNDERSCORE_ROBIN,
  [SubsetLoadBalancing.LEAST_REQUEST]: LbPolicy.LEAST_UNDERSCORE_REQUEST,
  [SubsetLoadBalancing.RANDOM]: LbPolicy.RANDOM,
};

/** A further condition on the pods for a request: a label of theirs that equals one of its headers. */
export interface AsmSubsetKey {
  /** Request header that has the value. */
  readonly header: string;
  /** Key of the pods' label. */
  readonly key: string;
  /** Value for requests without the header. @default - such a request is routed by its model alone */
  readonly defaultValue?: string;
}

/** Properties of {@link ModelRouting.asmDynamicSubset}. */
export interface AsmDynamicSubsetProps {
  /** Request header that names the model. @default - `modelHeader` of the gateway */
  readonly header?: string;
  /** Key under which ASM marks each runtime pod with the models that it holds. @default 'modelmesh.asm.alibabacloud.com' */
  readonly subsetKey?: string;
  /** Labels that a pod must have beside the model, by further headers: e.g. a zone or a kind of hardware. @default - none */
  readonly additionalKeys?: AsmSubsetKey[];
  /** What happens on a miss. @default SubsetFallback.ANY_ENDPOINT */
  readonly fallback?: SubsetFallback;
  /** Labels of the pods that take over on a miss, for `SubsetFallback.DEFAULT_SUBSET`. @default - none */
  readonly defaultSubset?: { readonly [key: string]: string };
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
  const props = {
    ...options,
    additionalKeys: (options.additionalKeys ?? []).map((item) => ({ ...item })),
    defaultSubset: options.defaultSubset && { ...options.defaultSubset },
  };
  const key = props.subsetKey ?? 'modelmesh.asm.alibabacloud.com';
  const fallback = props.fallback ?? SubsetFallback.ANY_ENDPOINT;
  return {
    modelHeader: props.header,
    problems: (platform) => [
      ...collectProblems(
        platform.hasAsmExtensions
          ? undefined
          : `routing asmDynamicSubset needs ASM, and the platform is ${platform.name}, which refuses its fields: use ${nearestStrategy(platform)}, or MeshPlatform.asm() on ASM`,
        props.header === undefined ? undefined : headerNameProblem('header', props.header),
        qualifiedKeyProblem('subset key', key),
        ...additionalKeyProblems(props.additionalKeys, key),
        ...defaultSubsetProblems(fallback, props.defaultSubset),
        props.destinationRuleName === undefined ? undefined : dnsSubdomainProblem('name of the DestinationRule', props.destinationRuleName),
      ),
      ...labelProblems('label of the default subset', props.defaultSubset),
    ],
    addRoutes: (scope, context) => {
      const { labels, annotations, namespace, serviceName } = context;
      const more = props.additionalKeys;
      // Envoy looks for the selector whose keys are those that the request has.
      const selectors = more.length === 0 ? [[key]] : [[key, ...more.map((item) => item.key)], [key]];
      new DestinationRule(scope, 'DestinationRule', {
        metadata: { name: props.destinationRuleName ?? serviceName, namespace, labels, annotations },
        spec: {
          host: serviceName,
          trafficPolicy: {
            loadBalancer: {
              dynamicSubset: {
                // A request with some of several headers meets none of the selectors.
                fallbackPolicy: more.length === 0 ? undefined : FALLBACKS_OF_ALL[fallback],
                defaultSubset: props.defaultSubset,
                subsetSelectors: selectors.map((keys) => ({ keys, fallbackPolicy: FALLBACKS[fallback] })),
                lbPolicy: props.loadBalancing && LOAD_BALANCING[props.loadBalancing],
              },
            },
          },
        },
      });
      const route = {
        name: props.routeName ?? 'default',
        headerToDynamicSubsetKey: [{ header: context.modelHeader, key }, ...more],
        isBalanced: props.markBalanced ?? true,
      };
      addMeshVirtualService(scope, context, () => withOwnTimeouts(route, context.models()));
    },
  };
}

function additionalKeyProblems(keys: readonly AsmSubsetKey[], modelKey: string): (string | undefined)[] {
  return keys.flatMap(({ header, key }, index) => [
    headerNameProblem('header of an additional key', header),
    qualifiedKeyProblem('additional key', key),
    key === modelKey || keys.findIndex((other) => other.key === key) < index
      ? `additional key ${quote(key)} is there twice: a key has one header, so remove one of them`
      : undefined,
  ]);
}

function defaultSubsetProblems(fallback: SubsetFallback, labels: { readonly [key: string]: string } | undefined): (string | undefined)[] {
  const isUsed = fallback === SubsetFallback.DEFAULT_SUBSET;
  const hasLabels = Object.keys(labels ?? {}).length > 0;
  return [
    isUsed && !hasLabels
      ? 'fallback DEFAULT_SUBSET needs a defaultSubset: name the labels of the pods that take over, or use SubsetFallback.ANY_ENDPOINT'
      : undefined,
    !isUsed && labels !== undefined
      ? `defaultSubset is for the fallback DEFAULT_SUBSET, and the fallback is ${fallback}: remove it, or set SubsetFallback.DEFAULT_SUBSET`
      : undefined,
  ];
}
