import { GatewayApiRouteKind } from '../../lib/routing/gateway-api-routes';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { describeWithCrds, validateAgainstCrds, validateAgainstPublishedModels } from '../support/strict-schemas';
import { GATEWAY_API, ISTIO, routesOf } from './helpers';

const settings = { timeoutSeconds: 300, retries: { attempts: 2 }, requestHeaders: { remove: ['mm-vmodel-id'] } };

const CASES = [
  ['asmDynamicSubset', ModelRouting.asmDynamicSubset(), MeshPlatform.asm()],
  ['holderFirst on ASM', ModelRouting.holderFirst(), MeshPlatform.asm()],
  ['holderFirst', ModelRouting.holderFirst(), ISTIO],
  ['runtimeSubset', ModelRouting.runtimeSubset(), ISTIO],
  ['consistentHash', ModelRouting.consistentHash({ withinRuntimes: true }), ISTIO],
  ['gatewayApi with GRPCRoutes', ModelRouting.gatewayApi(), GATEWAY_API],
  ['gatewayApi with HTTPRoutes', ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE, restProxy: true }), GATEWAY_API],
  ['any on Istio', ModelRouting.any(), ISTIO],
  ['any on the Gateway API', ModelRouting.any(), GATEWAY_API],
] as const;

describeWithCrds('the definitions of the projects accept the routes', () => {
  it.each(CASES)('of %s', (_name, routing, platform) => {
    const objects = routesOf(routing, { platform, route: settings });
    expect(validateAgainstCrds(objects, platform.hasAsmExtensions ? 'asm' : 'istio')).toEqual([]);
  });
});

describe('the published models accept the routes', () => {
  it.each(CASES)('of %s', (_name, routing, platform) => {
    expect(validateAgainstPublishedModels(routesOf(routing, { platform, route: settings }))).toEqual([]);
  });
});
