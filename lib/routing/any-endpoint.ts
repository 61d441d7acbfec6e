import { addMeshVirtualService } from './mesh-virtual-service';
import type { RoutingStrategy } from './routing-strategy';

/** A plain Service: any pod takes the request and forwards it when it does not hold the model. */
export function anyEndpoint(): RoutingStrategy {
  return {
    problems: () => [],
    addRoutes: (scope, context) => addMeshVirtualService(scope, context, 'default', {}),
  };
}
