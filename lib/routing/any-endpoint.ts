import { GatewayApiRouteKind, GatewayApiRoutes } from './gateway-api-routes';
import { addMeshVirtualService, withOwnTimeouts } from './mesh-virtual-service';
import type { RoutingStrategy } from './routing-strategy';

/** A plain Service: any pod takes the request and forwards it when it does not hold the model. */
export function anyEndpoint(): RoutingStrategy {
  return {
    problems: () => [],
    addRoutes: (scope, context) => {
      if (context.platform.hasIstioApi) {
        addMeshVirtualService(scope, context, () => withOwnTimeouts({ name: 'default' }, context.models()));
      } else {
        const backends = [{ serviceName: context.serviceName, models: [] }];
        new GatewayApiRoutes(scope, 'Routes', context, {
          kind: GatewayApiRouteKind.GRPC_ROUTE,
          backends: () => backends,
          services: () => [],
        });
      }
    },
  };
}
