import { serviceNameProblem } from '../values/kubernetes-name';
import { dnsLabelOf } from '../values/model-label';
import { collectProblems } from '../values/problems';
import { GatewayApiRouteKind, GatewayApiRoutes } from './gateway-api-routes';
import type { Backend } from './gateway-api-rules';
import { nearestStrategy } from './platform-fit';
import type { PodService } from './pod-service';
import type { RouteContext, RoutingStrategy } from './routing-strategy';
import { runtimeGroups } from './runtime-groups';
import { UnknownModels } from './unknown-models';

/** Properties of {@link ModelRouting.gatewayApi}. */
export interface GatewayApiRoutingProps {
  /** Which objects carry gRPC calls. @default GatewayApiRouteKind.GRPC_ROUTE */
  readonly routeKind?: GatewayApiRouteKind;
  /**
   * Whether JSON requests go to ModelMesh's REST proxy in the pods, by their paths: `/v2/models/NAME` and `/v2/models/NAME/infer`. Needs
   * `GatewayApiRouteKind.HTTP_ROUTE`. For models that the mesh does not declare, an implementation must know regular expressions.
   *
   * @default false
   */
  readonly restProxy?: boolean;
  /** What becomes of requests for other models than those of the mesh. @default UnknownModels.ANY_ENDPOINT */
  readonly unknownModels?: UnknownModels;
  /** What the names of the Services begin with that are made for these routes. @default - the name of the mesh's Service */
  readonly servicePrefix?: string;
}

/**
 * The pods of the one runtime that can serve a model, with the Gateway API alone: a Service for each runtime, and routes by the header that names
 * the model.
 *
 * Source: `apis/v1/httproute_types.go` and `grpcroute_types.go` of kubernetes-sigs/gateway-api.
 */
export function gatewayApi(options: GatewayApiRoutingProps): RoutingStrategy {
  const props = { ...options };
  const kind = props.routeKind ?? GatewayApiRouteKind.GRPC_ROUTE;
  return {
    problems: (platform) =>
      collectProblems(
        platform.gatewayClassName === undefined
          ? `routing gatewayApi needs a Gateway of the Gateway API, and the platform is ${platform.name}, whose gateway is one of Istio: use ${nearestStrategy(platform)}, or MeshPlatform.gatewayApi({ gatewayClassName: 'istio' })`
          : undefined,
        props.restProxy === true && kind !== GatewayApiRouteKind.HTTP_ROUTE
          ? 'restProxy needs HTTPRoutes, which most implementations do not take beside GRPCRoutes of the same host: set GatewayApiRouteKind.HTTP_ROUTE'
          : undefined,
        props.servicePrefix === undefined ? undefined : serviceNameProblem('prefix of the Services', props.servicePrefix),
      ),
    addRoutes: (scope, context) => {
      const targets = (): Targets => targetsOf(context, props);
      new GatewayApiRoutes(scope, 'Routes', context, {
        kind,
        restProxy: props.restProxy ?? false,
        backends: () => targets().backends,
        services: () => targets().services,
      });
    },
  };
}

interface Targets {
  readonly backends: readonly Backend[];
  readonly services: readonly PodService[];
}

function targetsOf(context: RouteContext, props: GatewayApiRoutingProps): Targets {
  const { groups, others } = runtimeGroups(context);
  const prefix = props.servicePrefix ?? context.serviceName;
  const hasRestPort = props.restProxy ?? false;
  const allPods: PodService = { name: dnsLabelOf(`${prefix}-any`), hasRestPort };
  const ofRuntimes = groups.map(({ runtimeName, podLabels, models }) => ({
    service: { name: dnsLabelOf(`${prefix}-runtime-${runtimeName}`), podLabels, hasRestPort },
    models,
  }));
  const isNotFound = props.unknownModels === UnknownModels.NOT_FOUND;
  // Where all other requests go to all pods, these models need no word of their own, unless they have a time of their own.
  const named = isNotFound ? others : others.filter(({ timeoutSeconds }) => timeoutSeconds !== undefined);
  const backends = [
    ...ofRuntimes.map(({ service, models }) => ({ serviceName: service.name, models })),
    ...(named.length === 0 ? [] : [{ serviceName: allPods.name, models: named }]),
    ...(isNotFound ? [] : [{ serviceName: allPods.name, models: [] }]),
  ];
  const services = ofRuntimes.map(({ service }) => service);
  return { backends, services: isNotFound && others.length === 0 ? services : [...services, allPods] };
}
