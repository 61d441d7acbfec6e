import { Duration, Size } from 'cdk8s';
import { type RequestRetries, RetryCondition } from '../../lib/gateway/request-limits';
import { InferenceGateway, type InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { GatewayApiRouteKind } from '../../lib/routing/gateway-api-routes';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ModelVolume } from '../../lib/storage/model-volume';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestsOf, problemsOf } from '../support/synth';
import { objectOf, synthGateway } from './helpers';

const PLATFORMS = [MeshPlatform.asm(), MeshPlatform.istio('1.22')];
const GATEWAY_API = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });

const routesOf = (overrides: Partial<InferenceGatewayProps>) => objectOf(synthGateway(overrides).objects, 'VirtualService').spec.http;

describe('the limits of requests', () => {
  it.each(PLATFORMS.map((platform) => [platform.name, platform] as const))('are not written by default on %s', (_name, platform) => {
    for (const route of routesOf({ platform })) {
      expect(route).not.toHaveProperty('timeout');
      expect(route).not.toHaveProperty('retries');
    }
  });

  it.each(PLATFORMS.map((platform) => [platform.name, platform] as const))('go to the routes on %s', (_name, platform) => {
    const retries = {
      attempts: 3,
      perTryTimeout: Duration.seconds(20),
      conditions: [RetryCondition.RESET, RetryCondition.UNAVAILABLE],
    } satisfies Required<RequestRetries>;
    expect(routesOf({ platform, requestTimeout: Duration.millis(90_500), retries })).toMatchObject([
      { timeout: '90500ms', retries: { attempts: 3, perTryTimeout: '20s', retryOn: 'reset,unavailable' } },
    ]);
  });

  it('name the usual conditions', () => {
    expect(routesOf({ retries: { attempts: 2 } })[0].retries).toEqual({
      attempts: 2,
      retryOn: 'connect-failure,refused-stream,unavailable,cancelled',
    });
  });

  it('can turn retries off', () => {
    expect(routesOf({ retries: { attempts: 0 } })[0].retries).toEqual({ attempts: 0 });
  });

  it('take their time on the Gateway API', () => {
    const routing = ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE });
    const { objects, problems } = synthGateway({ platform: GATEWAY_API, routing, requestTimeout: Duration.seconds(30) });
    expect(problems).toEqual([]);
    expect(objectOf(objects, 'HTTPRoute').spec.rules).toMatchObject([{ timeouts: { request: '30s' } }]);
  });
});

describe('a timeout of one model', () => {
  function synthWithModels(modelTimeouts: { [name: string]: Duration }, names: string[]) {
    const chart = makeChart();
    const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
    new InferenceGateway(chart, 'gateway', { mesh, routing: ModelRouting.any(), modelTimeouts, requestTimeout: Duration.seconds(10) });
    const volume = new ModelVolume(chart, 'volume', { claimName: 'claim', size: Size.gibibytes(1) });
    for (const name of names) mesh.addModel(name, { format: ModelFormat.SKLEARN, source: volume.at(name) });
    return chart;
  }

  it('is a route of its own before the others, also for a model that is added after the gateway', () => {
    const [small, big] = [Duration.seconds(1), Duration.minutes(5)];
    const timeouts = { big, small };
    const chart = synthWithModels(timeouts, ['small', 'big', 'other']);
    timeouts.big = Duration.seconds(2);
    expect(problemsOf(chart)).toEqual([]);
    const { http } = objectOf(manifestsOf(chart), 'VirtualService').spec;
    const times = http.map(({ match, timeout }: { match: object[]; timeout: string }) => [match, timeout]);
    expect(times).toEqual([
      [[{ port: 8008, headers: { model: { exact: 'small' } } }], '1s'],
      [[{ port: 8008, headers: { model: { exact: 'big' } } }], '300s'],
      [[{ port: 8008 }], '10s'],
    ]);
  });

  it('is for a model that the mesh has', () => {
    const chart = synthWithModels({ big: Duration.seconds(1), bigger: Duration.seconds(1) }, ['big']);
    expect(problemsOf(chart)).toEqual([
      "[test/gateway] modelTimeouts names the model 'bigger', and the mesh has none of that name: add the model, or remove its timeout",
    ]);
  });

  it('is a time', () => {
    expect(synthGateway({ modelTimeouts: { big: Duration.millis(0) } }).problems).toEqual([
      "timeout of model 'big' is 0 ms: use whole milliseconds, at least one",
      "modelTimeouts names the model 'big', and the mesh has none of that name: add the model, or remove its timeout",
    ]);
  });
});

describe('the limits of requests report', () => {
  const attempts = 1;
  it.each<[string, Partial<InferenceGatewayProps>, string]>([
    ['no time', { requestTimeout: Duration.seconds(0) }, 'requestTimeout is 0 ms: use whole milliseconds, at least one'],
    ['a part of a millisecond', { requestTimeout: Duration.millis(0.5) }, 'requestTimeout is 0.5 ms: use whole milliseconds, at least one'],
    ['too many retries', { retries: { attempts: 11 } }, "attempts of retries is '11': use a whole number from 0 to 10"],
    ['less than none', { retries: { attempts: -1 } }, "attempts of retries is '-1': use a whole number from 0 to 10"],
    [
      'no time for a try',
      { retries: { attempts, perTryTimeout: Duration.millis(0) } },
      'perTryTimeout of retries is 0 ms: use whole milliseconds, at least one',
    ],
    ['no conditions', { retries: { attempts, conditions: [] } }, 'conditions of retries are empty: name at least one, or leave them out'],
    [
      'a try longer than all',
      { requestTimeout: Duration.seconds(1), retries: { attempts, perTryTimeout: Duration.seconds(2) } },
      'perTryTimeout of retries is 2000 ms, longer than requestTimeout, 1000 ms: shorten it',
    ],
    [
      'settings of retries that are off',
      { retries: { attempts: 0, perTryTimeout: Duration.seconds(2) } },
      'retries are turned off by 0 attempts, and have a perTryTimeout or conditions: leave those out, or use more attempts',
    ],
    [
      'a time on the Gateway API without HTTPRoutes',
      { platform: GATEWAY_API, requestTimeout: Duration.seconds(30) },
      '[test/gateway/Routes] a GRPCRoute has no timeouts, and requestTimeout is 30s: use ModelRouting.gatewayApi({ routeKind: ' +
        'GatewayApiRouteKind.HTTP_ROUTE }), or leave it out',
    ],
    [
      'retries on the Gateway API',
      { platform: GATEWAY_API, retries: { attempts } },
      "retries have no field on the Gateway API with class 'eg': leave them out",
    ],
  ])('%s', (_title, overrides, problem) => {
    expect(synthGateway(overrides).problems).toEqual([problem]);
  });
});
