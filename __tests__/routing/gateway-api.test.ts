import { App } from 'cdk8s';
import fc from 'fast-check';
import { type GatewayApiRoutingProps } from '../../lib/routing/gateway-api';
import { GatewayApiRouteKind } from '../../lib/routing/gateway-api-routes';
import { packRules, planRules } from '../../lib/routing/gateway-api-rules';
import { ModelRouting } from '../../lib/routing/model-routing';
import type { RouteContext } from '../../lib/routing/routing-strategy';
import { UnknownModels } from '../../lib/routing/unknown-models';
import { buildFiles } from '../../lib/synth/build-files';
import { generatedValidators } from '../../lib/synth/schemas';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { namesOf, objectOf } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelFormat } from '../../lib/values/model-format';
import { type Manifest, manifestsOf, problemsOf } from '../support/synth';
import { GATEWAY_API, ISTIO, modelsOf, problemsOfRoutes, routesOf, synthMesh } from './helpers';

const { HTTP_ROUTE } = GatewayApiRouteKind;
const routed = (props?: GatewayApiRoutingProps, overrides: Partial<RouteContext> = {}): Manifest[] => {
  const objects = routesOf(ModelRouting.gatewayApi(props), { platform: GATEWAY_API, ...overrides });
  expect(schemaFindings(objects)).toEqual([]);
  return objects;
};

const TRITON = 'modelmesh-serving-runtime-triton-2-x--685a72fcc8dbd0443cd7';
const MLSERVER = 'modelmesh-serving-runtime-mlserver';
const ANY = 'modelmesh-serving-any';
const PARENT = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'grpc-gateway' };
const METHODS = ['ModelInfer', 'ModelMetadata'];
const is = (value: string, name = 'model') => ({ headers: [{ type: 'Exact', name, value }] });
// The two calls that ModelMesh passes on, and none of its management API.
const calls = (condition: object = {}) =>
  METHODS.map((method) => ({ method: { type: 'Exact', service: 'inference.GRPCInferenceService', method }, ...condition }));
const paths = (condition: object = {}) =>
  METHODS.map((method) => ({ path: { type: 'Exact', value: `/inference.GRPCInferenceService/${method}` }, ...condition }));
// Every default that the API server would fill in is written.
const to = (name: string, port = 8033) => [{ group: '', kind: 'Service', name, port, weight: 1 }];

describe('routing on the Gateway API', () => {
  it('has a Service for each runtime, and one of all pods, that ModelMesh does not delete', () => {
    const objects = routed();
    expect(namesOf(objects)).toEqual([
      `Service models/${MLSERVER}`,
      `Service models/${TRITON}`,
      `Service models/${ANY}`,
      'GRPCRoute models/routes',
    ]);
    const ports = [{ name: 'grpc', port: 8033, targetPort: 8033, protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' }];
    const service = 'modelmesh-serving';
    expect(objectOf(objects, 'Service', TRITON)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: TRITON, namespace: 'models' },
      spec: { type: 'ClusterIP', selector: { 'modelmesh-service': service, name: 'modelmesh-serving-triton-2.x' }, ports },
    });
    expect(objectOf(objects, 'Service', ANY).spec).toEqual({ type: 'ClusterIP', selector: { 'modelmesh-service': service }, ports });
    expect(JSON.stringify(objects.map(({ metadata }) => metadata))).not.toContain('modelmesh-service"');
  });

  it('sends calls to the runtime of their model, and all others to any pod', () => {
    const objects = routed();
    expect(objectOf(objects, 'GRPCRoute')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      metadata: { name: 'routes', namespace: 'models' },
      spec: {
        parentRefs: [PARENT],
        rules: [
          { matches: calls(is('svm')), backendRefs: to(MLSERVER) },
          { matches: calls(is('tf-mnist')), backendRefs: to(TRITON) },
          { matches: calls(), backendRefs: to(ANY) },
        ],
      },
    });
    expect(JSON.stringify(objects)).not.toContain('mm-balanced');
  });

  it('takes every property to the manifests', () => {
    const props: Required<GatewayApiRoutingProps> = {
      routeKind: HTTP_ROUTE,
      restProxy: true,
      unknownModels: UnknownModels.NOT_FOUND,
      servicePrefix: 'own',
    };
    const objects = routed(props);
    const [svm, tf, any] = ['own-runtime-mlserver', /own-runtime-triton-2-x--[0-9a-f]{20}/.exec(JSON.stringify(objects))![0], 'own-any'];
    expect(namesOf(objects)).toEqual([
      ...[svm, tf, any].map((name) => `Service models/${name}`),
      'HTTPRoute models/routes',
      'HTTPRoute models/routes-rest',
    ]);
    expect(objectOf(objects, 'Service', 'own-any').spec.ports).toEqual([
      { name: 'grpc', port: 8033, targetPort: 8033, protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
      { name: 'http', port: 8008, targetPort: 8008, protocol: 'TCP' },
    ]);
    // What several runtimes can serve is declared, so it is not unknown; nothing takes what is.
    expect(objectOf(objects, 'HTTPRoute', 'routes').spec.rules).toEqual([
      { matches: paths(is('svm')), backendRefs: to(svm) },
      { matches: paths(is('tf-mnist')), backendRefs: to(tf) },
      { matches: paths(is('both')), backendRefs: to(any) },
    ]);
    const rest = (name: string) => [`/v2/models/${name}`, `/v2/models/${name}/infer`].map((value) => ({ path: { type: 'Exact', value } }));
    expect(objectOf(objects, 'HTTPRoute', 'routes-rest').spec.rules).toEqual([
      { matches: rest('svm'), backendRefs: to(svm, 8008) },
      { matches: rest('tf-mnist'), backendRefs: to(tf, 8008) },
      { matches: rest('both'), backendRefs: to(any, 8008) },
    ]);
  });

  it('opens no path of the REST proxy with a version', () => {
    const { rules } = objectOf(routed({ routeKind: HTTP_ROUTE, restProxy: true }), 'HTTPRoute', 'routes-rest').spec;
    const { path } = rules.at(-1).matches[0];
    expect(path).toEqual({ type: 'RegularExpression', value: '/v2/models/[^/]+(/infer)?' });
    const whole = new RegExp(`^(?:${path.value})$`);
    expect(['/v2/models/a', '/v2/models/a/infer'].filter((text) => !whole.test(text))).toEqual([]);
    expect(['/v2/models/a/versions/1/infer', '/v2/models/', '/v2/models/a/', '/v2/health/live'].filter((text) => whole.test(text))).toEqual(
      [],
    );
  });

  it('carries hosts, the listener, a Gateway elsewhere, marks and the settings of every route', () => {
    const overrides: Partial<RouteContext> = {
      gateway: 'edge/shared',
      listenerName: 'https',
      hosts: ['a.example.com', '*.example.org'],
      labels: { team: 'a' },
      annotations: { note: 'b' },
      modelHeader: 'x-model',
      route: { timeoutSeconds: 300, requestHeaders: { set: { 'x-a': '1' }, remove: ['mm-balanced', 'x-a'] } },
      models: () => [
        { name: 'a', runtimeNames: ['r'] },
        { name: 'b', runtimeNames: ['r'], timeoutSeconds: 1.5 },
      ],
    };
    const objects = routed({ routeKind: HTTP_ROUTE }, overrides);
    const route = objectOf(objects, 'HTTPRoute');
    for (const { metadata } of objects) expect(metadata).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'b' } });
    expect(route.spec.parentRefs).toEqual([{ ...PARENT, name: 'shared', namespace: 'edge', sectionName: 'https' }]);
    expect(route.spec.hostnames).toEqual(['a.example.com', '*.example.org']);
    const filters = [
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-a', value: '1' }], remove: ['mm-balanced'] } },
    ];
    expect(route.spec.rules).toEqual([
      {
        matches: paths(is('a', 'x-model')),
        filters,
        timeouts: { request: '300s' },
        backendRefs: to('modelmesh-serving-runtime-r'),
      },
      {
        matches: paths(is('b', 'x-model')),
        filters,
        timeouts: { request: '1500ms' },
        backendRefs: to('modelmesh-serving-runtime-r'),
      },
      { matches: paths(), filters, timeouts: { request: '300s' }, backendRefs: to(ANY) },
    ]);
    const { requestHeaders } = overrides.route!;
    const grpc = objectOf(routed({}, { ...overrides, route: { requestHeaders }, models: () => modelsOf(['r', 1]) }), 'GRPCRoute').spec;
    expect(grpc.rules[0].filters).toEqual(filters);
    expect(grpc.rules[0].timeouts).toBeUndefined();
  });

  it.each([
    [0, [[2]]],
    [32, [[64, 2]]],
    [33, [[64, 2, 2]]],
    [63, [[64, 62, 2]]],
    [64, [[64, 64], [2]]],
    [
      65,
      [
        [64, 64],
        [2, 2],
      ],
    ],
  ])('keeps the bounds of the API server with %d models of one runtime', (count, expected) => {
    const objects = routed({}, { models: () => modelsOf(['r', count]) });
    const routes = objects.filter(({ kind }) => kind === 'GRPCRoute');
    expect(routes.map(({ metadata }) => metadata.name)).toEqual(
      expected.map((_, index) => (index === 0 ? 'routes' : `routes-${index + 1}`)),
    );
    const sizes = routes.map(({ spec }) => spec.rules.map(({ matches }: { matches: unknown[] }) => matches.length));
    expect(sizes).toEqual(expected);
  });

  it('keeps them with any runtimes and models, and loses none', () => {
    const backends = fc.array(fc.record({ serviceName: fc.constantFrom('a', 'b'), models: fc.nat({ max: 200 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(backends, fc.constantFrom(1, 2), (list, matchesOfModel) => {
        const given = list.map(({ serviceName, models }, index) => ({ serviceName, models: modelsOf([`m${index}-`, models]) }));
        const routes = packRules(planRules(given, matchesOfModel));
        for (const rules of routes) {
          expect(rules.length).toBeLessThanOrEqual(16);
          expect(rules.reduce((sum, { matchCount }) => sum + matchCount, 0)).toBeLessThanOrEqual(128);
          for (const { matchCount, models } of rules) {
            expect(matchCount).toBeLessThanOrEqual(64);
            expect(matchCount).toBe((models?.length ?? 1) * matchesOfModel);
          }
        }
        const names = (lists: readonly (readonly string[] | undefined)[]) => lists.flatMap((one) => one ?? []);
        expect(names(routes.flat().map(({ models }) => models))).toEqual(given.flatMap(({ models }) => models.map(({ name }) => name)));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [GatewayApiRouteKind.GRPC_ROUTE, false],
    [HTTP_ROUTE, false],
    [HTTP_ROUTE, true],
  ])('knows the models that were added after the gateway, and no check finds anything: %s, REST %s', (routeKind, restProxy) => {
    const names = ['svm', 'tf-mnist', ...Array.from({ length: 200 }, (_, index) => `named-${index}`)];
    const routing = ModelRouting.gatewayApi({ routeKind, restProxy });
    const { objects, problems, findings } = synthMesh({ routing, platform: GATEWAY_API }, names);
    expect([...problems, ...findings, ...schemaFindings(objects)]).toEqual([]);
    const text = JSON.stringify(objects.filter(({ kind }) => kind.endsWith('Route')));
    for (const name of names) expect(text).toContain(`"${name}"`);
  });

  it('makes its objects once, and anew when the mesh has grown since', () => {
    const { chart, mesh } = synthMesh({ routing: ModelRouting.gatewayApi(), platform: GATEWAY_API }, ['svm']);
    const before = chart.node.findAll();
    expect(problemsOf(chart)).toEqual([]);
    expect(chart.node.findAll()).toEqual(before);
    mesh.addModel('tf-late', { format: ModelFormat.TENSORFLOW, source: ModelSource.gcs({ bucket: 'models', path: 'a' }) });
    expect(problemsOf(chart)).toEqual([]);
    expect(namesOf(manifestsOf(chart)).filter((name) => /^Service|Route/.test(name))).toEqual([
      expect.stringMatching(/^Service models\/modelmesh-serving-runtime-mlserver-1-x--/),
      `Service models/${TRITON}`,
      `Service models/${ANY}`,
      'GRPCRoute models/vs-modelmesh-serving-service',
    ]);
  });
});

it('is published like every other object, by a synth', () => {
  const { chart } = synthMesh({ routing: ModelRouting.gatewayApi(), platform: GATEWAY_API }, []);
  const { files, problems } = buildFiles(App.of(chart), generatedValidators());
  expect(problems).toEqual([]);
  expect(files.map(({ path }) => path).filter((path) => path.toLowerCase().includes('route'))).toEqual([
    'test/30-GRPCRoute.vs-modelmesh-serving-service.k8s.yaml',
  ]);
});

describe('routing on the Gateway API reports', () => {
  it.each([
    [ISTIO, 'ModelRouting.holderFirst()'],
    [MeshPlatform.istio('1.20'), 'ModelRouting.runtimeSubset()'],
    [MeshPlatform.asm(), 'ModelRouting.asmDynamicSubset()'],
  ])('a gateway of Istio: $name', (platform, nearest) => {
    expect(ModelRouting.gatewayApi()._strategy.problems(platform)).toEqual([
      `routing gatewayApi needs a Gateway of the Gateway API, and the platform is ${platform.name}, whose gateway is one of Istio: use ${nearest}, ` +
        "or MeshPlatform.gatewayApi({ gatewayClassName: 'istio' })",
    ]);
  });

  it('wrong properties', () => {
    expect(ModelRouting.gatewayApi({ restProxy: true, servicePrefix: 'A' })._strategy.problems(GATEWAY_API)).toEqual([
      'restProxy needs HTTPRoutes, which most implementations do not take beside GRPCRoutes of the same host: set GatewayApiRouteKind.HTTP_ROUTE',
      "prefix of the Services 'A' is not valid: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
    ]);
  });

  it('a time of all requests that a GRPCRoute has no field for', () => {
    const route = { timeoutSeconds: 1.5 };
    const problem =
      'a GRPCRoute has no timeouts, and requestTimeout is 1500ms: use ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE }), ' +
      'or leave it out';
    expect(problemsOfRoutes(ModelRouting.gatewayApi(), { platform: GATEWAY_API, route })).toEqual([problem]);
    expect(problemsOfRoutes(ModelRouting.any(), { platform: GATEWAY_API, route })).toEqual([problem]);
    expect(problemsOfRoutes(ModelRouting.gatewayApi({ routeKind: HTTP_ROUTE }), { platform: GATEWAY_API, route })).toEqual([]);
  });

  it('times of models that a GRPCRoute has no field for', () => {
    const models = () => [{ name: 'a', runtimeNames: ['r'], timeoutSeconds: 60 }];
    const problem =
      'a GRPCRoute has no timeouts, and models of the mesh have their own: use ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE })';
    expect(problemsOfRoutes(ModelRouting.gatewayApi(), { platform: GATEWAY_API, models })).toEqual([problem]);
    expect(problemsOfRoutes(ModelRouting.any(), { platform: GATEWAY_API, models })).toEqual([problem]);
    expect(problemsOfRoutes(ModelRouting.gatewayApi({ routeKind: HTTP_ROUTE }), { platform: GATEWAY_API, models })).toEqual([]);
  });
});
