import { GatewayApiRouteKind } from '../../lib/routing/gateway-api-routes';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { describeWithCrds, validateAgainstCrds, validateAgainstPublishedModels } from '../support/strict-schemas';
import { GATEWAY_API, ISTIO, routesOf } from './helpers';

const withoutTime = { retries: { attempts: 2 }, requestHeaders: { remove: ['mm-vmodel-id'] } };
const settings = { ...withoutTime, timeoutSeconds: 300 };

const CASES = [
  ['asmDynamicSubset', ModelRouting.asmDynamicSubset(), MeshPlatform.asm(), settings],
  ['holderFirst on ASM', ModelRouting.holderFirst(), MeshPlatform.asm(), settings],
  ['holderFirst', ModelRouting.holderFirst(), ISTIO, settings],
  ['runtimeSubset', ModelRouting.runtimeSubset(), ISTIO, settings],
  ['consistentHash', ModelRouting.consistentHash({ withinRuntimes: true }), ISTIO, settings],
  // A GRPCRoute has no field for a time.
  ['gatewayApi with GRPCRoutes', ModelRouting.gatewayApi(), GATEWAY_API, withoutTime],
  [
    'gatewayApi with HTTPRoutes',
    ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE, restProxy: true }),
    GATEWAY_API,
    settings,
  ],
  ['any on Istio', ModelRouting.any(), ISTIO, settings],
  ['any on the Gateway API', ModelRouting.any(), GATEWAY_API, withoutTime],
] as const;

describeWithCrds('the definitions of the projects accept the routes', () => {
  it.each(CASES)('of %s', (_name, routing, platform, route) => {
    const objects = routesOf(routing, { platform, route });
    expect(validateAgainstCrds(objects, platform.hasAsmExtensions ? 'asm' : 'istio')).toEqual([]);
  });
});

describe('the published models accept the routes', () => {
  it.each(CASES)('of %s', (_name, routing, platform, route) => {
    expect(validateAgainstPublishedModels(routesOf(routing, { platform, route }))).toEqual([]);
  });
});
