import { App, Chart } from 'cdk8s';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { runChecks } from '../../lib/checks/run-checks';
import { InferenceGateway, type InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import type { Fields } from '../../lib/manifests/fields';
import { Manifest as CheckedManifest } from '../../lib/manifests/manifest';
import { ManifestSet } from '../../lib/manifests/manifest-set';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { PlacementLabeller } from '../../lib/placement-labeller/placement-labeller';
import type { ModelRouting } from '../../lib/routing/model-routing';
import type { RouteContext, RoutedModel } from '../../lib/routing/routing-strategy';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelSource } from '../../lib/storage/model-source';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestsOf, type Manifest, problemsOf } from '../support/synth';

export const ISTIO = MeshPlatform.istio('1.24');
export const GATEWAY_API = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });

/** Models of one runtime each: those of `a` first, then those of `b`. */
export function modelsOf(...counts: readonly [runtimeName: string, count: number][]): RoutedModel[] {
  return counts.flatMap(([runtimeName, count]) =>
    Array.from({ length: count }, (_, index) => ({ name: `${runtimeName}${index}`, runtimeNames: [runtimeName] })),
  );
}

const MODELS: readonly RoutedModel[] = [
  { name: 'tf-mnist', runtimeNames: ['triton-2.x'] },
  { name: 'svm', runtimeNames: ['mlserver'] },
  { name: 'both', runtimeNames: ['mlserver', 'triton-2.x'] },
];

/** What a strategy would be told by a gateway for a mesh with some models. */
export function contextWith(overrides: Partial<RouteContext> = {}): RouteContext {
  const models = overrides.models ?? (() => MODELS);
  return {
    platform: ISTIO,
    namespace: 'models',
    serviceName: 'modelmesh-serving',
    servicePort: 8033,
    gateway: 'grpc-gateway',
    gatewayPort: 8008,
    hosts: ['*'],
    virtualServiceName: 'routes',
    modelHeader: 'model',
    route: {},
    runtimes: () =>
      [...new Set(models().flatMap(({ runtimeNames }) => runtimeNames))]
        .sort()
        .map((name) => ({ name, podLabels: { name: `modelmesh-serving-${name}` } })),
    ...overrides,
    models,
  };
}

/** The objects that a strategy makes. */
export function routesOf(routing: ModelRouting, overrides: Partial<RouteContext> = {}): Manifest[] {
  const chart = new Chart(new App({ outdir: 'unused' }), 'test');
  routing._strategy.addRoutes(chart, contextWith(overrides));
  expect(problemsOf(chart)).toEqual([]);
  return manifestsOf(chart);
}

/** The problems of a strategy's objects, which only the finished mesh can tell. */
export function problemsOfRoutes(routing: ModelRouting, overrides: Partial<RouteContext> = {}): string[] {
  const chart = new Chart(new App({ outdir: 'unused' }), 'test');
  routing._strategy.addRoutes(chart, contextWith(overrides));
  return problemsOf(chart).map((problem) => problem.replace(/^\[[^\]]*\] /, ''));
}

/**
 * All objects of a mesh behind a gateway: the gateway is made first, then two runtimes and the models are added. What the checks find in them is
 * told as well.
 */
export function synthMesh(
  props: Omit<InferenceGatewayProps, 'mesh'>,
  modelNames: readonly string[] = ['svm', 'tf-mnist', 'any-model'],
  { isLabelled = false } = {},
) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
  if (isLabelled) new PlacementLabeller(chart, 'labeller', { mesh, image: `labeller@sha256:${'0'.repeat(64)}` });
  const gateway = new InferenceGateway(chart, 'gateway', { mesh, ...props });
  const mlserver = ServingRuntime.mlserver(chart, 'mlserver');
  mesh.addRuntime(mlserver);
  mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
  const source = ModelSource.gcs({ bucket: 'models', path: 'a' });
  for (const name of modelNames) {
    const format = name.startsWith('tf') ? ModelFormat.of('tensorflow', '1') : ModelFormat.of('sklearn');
    mesh.addModel(name, { format, source, runtime: name.startsWith('named') ? mlserver : undefined });
  }
  const problems = problemsOf(chart).map((problem) => problem.replace(/^\[[^\]]*\] /, ''));
  const objects = problems.length === 0 ? manifestsOf(chart) : [];
  const set = new ManifestSet(
    objects.map((object) => new CheckedManifest(object as Fields)),
    { platform: gateway._clusterFacts().platform },
  );
  const findings = runChecks(set, CATALOGUE).map(({ code, message }) => `${code} ${message}`);
  return { chart, mesh, objects, problems, findings };
}
