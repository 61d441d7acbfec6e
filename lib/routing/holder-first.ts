import { Lazy } from 'cdk8s';
import {
  DestinationRule,
  DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerSimple as Simple,
  type DestinationRuleSpecSubsets,
} from '../../imports/networking.istio.io';
import { dnsSubdomainProblem, serviceNameProblem } from '../values/kubernetes-name';
import { dnsLabelOf, MODEL_LABEL_PREFIX, MODEL_LOADED, modelLabelKey } from '../values/model-label';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { addMeshVirtualService, type MeshRoute } from './mesh-virtual-service';
import { sizeProblems } from './object-size';
import { gatewayOutlierDetection } from './outlier-detection';
import { istioApiProblem } from './platform-fit';
import { addPodService } from './pod-service';
import type { RouteContext, RoutedModel, RoutingStrategy } from './routing-strategy';
import { UnknownModels } from './unknown-models';

/** Properties of {@link ModelRouting.holderFirst}. */
export interface HolderFirstProps {
  /**
   * Prefix of the labels that say which models a pod holds: `PREFIX/MODEL: loaded`. A `PlacementLabeller` with the same prefix sets them and takes them
   * away.
   *
   * @default 'models.modelmesh.cdk8s.io'
   */
  readonly labelPrefix?: string;
  /** What becomes of requests for other models than those of the mesh. @default UnknownModels.ANY_ENDPOINT */
  readonly unknownModels?: UnknownModels;
  /**
   * Failures in a row, each a 502, 503 or 504 or a connection that fails, after which a pod gets no requests for a model.
   *
   * @default 3
   */
  readonly failuresUntilEjection?: number;
  /** Seconds for which it gets none; longer after each further time. @default 30 */
  readonly ejectionSeconds?: number;
  /** Name of the Service that is made for these routes, and of its DestinationRule. @default - `SERVICE-holders`, with the mesh's Service */
  readonly holderServiceName?: string;
  /** Name of the VirtualService's last route. @default 'default' */
  readonly routeName?: string;
}

/**
 * Holders first, by Istio's priorities of endpoints: for each model a subset of all pods, in which those with the label of the model have the
 * first priority and all others the second.
 *
 * It has a Service of its own with one port: Istio makes a cluster of Envoy for each subset and port, and the mesh's Service has three ports.
 *
 * Source: `LocalityLoadBalancerSetting` in `networking/v1alpha3/destination_rule.proto` of istio/api.
 */
export function holderFirst(options: HolderFirstProps): RoutingStrategy {
  const props = { ...options };
  const prefix = props.labelPrefix ?? MODEL_LABEL_PREFIX;
  return {
    problems: (platform) =>
      collectProblems(
        istioApiProblem('holderFirst', platform) ??
          (platform.followsPodLabels
            ? undefined
            : `routing holderFirst needs Istio 1.22, from which on a changed label of a pod reaches the gateway, and the platform is ${platform.name}: use ModelRouting.runtimeSubset(), or a newer Istio`),
        dnsSubdomainProblem('label prefix', prefix),
        integerProblem('failuresUntilEjection', props.failuresUntilEjection, 1, 1000),
        integerProblem('ejectionSeconds', props.ejectionSeconds, 1, 3600),
        props.holderServiceName === undefined ? undefined : serviceNameProblem('name of the holders Service', props.holderServiceName),
        props.routeName === undefined ? undefined : dnsSubdomainProblem('name of the route', props.routeName),
      ),
    addRoutes: (scope, context) => {
      const host = props.holderServiceName ?? dnsLabelOf(`${context.serviceName}-holders`);
      const { namespace, labels, annotations } = context;
      const subsets = (): DestinationRuleSpecSubsets[] => context.models().map((model) => subsetOf(model, prefix));
      scope.node.addValidation({ validate: () => sizeProblems('DestinationRule', subsets(), context.models().length) });
      scope.node.addValidation({ validate: () => collectProblems(ownServiceProblem(host, context)) });
      addPodService(scope, 'Holders', context, { name: host });
      new DestinationRule(scope, 'DestinationRule', {
        metadata: { name: host, namespace, labels, annotations },
        spec: {
          host,
          // Without it Istio ignores the priorities.
          trafficPolicy: { outlierDetection: gatewayOutlierDetection(props.failuresUntilEjection, props.ejectionSeconds) },
          subsets: Lazy.any({ produce: subsets }) as unknown as DestinationRuleSpecSubsets[],
        },
      });
      addMeshVirtualService(scope, context, () => routesTo(host, props, context));
    },
  };
}

function ownServiceProblem(host: string, { serviceName }: RouteContext): string | undefined {
  return host === serviceName
    ? `holderServiceName is ${quote(host)}, and the Service of that name is ModelMesh's own, which both would change: use another, or leave it out`
    : undefined;
}

function routesTo(host: string, props: HolderFirstProps, context: RouteContext): MeshRoute[] {
  const routes = context.models().map(({ name, timeoutSeconds }): MeshRoute => ({
    name: dnsLabelOf(name),
    models: [name],
    host,
    subset: dnsLabelOf(name),
    isBalanced: true,
    hasPriorities: true,
    timeoutSeconds,
  }));
  const isNotFound = props.unknownModels === UnknownModels.NOT_FOUND;
  return [...routes, { name: props.routeName ?? 'default', host, isNotFound }];
}

function subsetOf({ name }: RoutedModel, prefix: string): DestinationRuleSpecSubsets {
  return {
    name: dnsLabelOf(name),
    trafficPolicy: {
      loadBalancer: {
        simple: Simple.ROUND_UNDERSCORE_ROBIN,
        localityLbSetting: { enabled: true, failoverPriority: [`${modelLabelKey(name, prefix)}=${MODEL_LOADED}`] },
      },
    },
  };
}
