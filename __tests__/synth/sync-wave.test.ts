import { ApiObject, Chart, Size } from 'cdk8s';
import fc from 'fast-check';
import { InferenceGateway } from '../../lib/gateway/inference-gateway';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelVolume, type ModelVolumeProps } from '../../lib/storage/model-volume';
import { withSyncWave } from '../../lib/synth/sync-wave';
import { syncWave } from '../../lib/values/apply-order';
import { ModelFormat } from '../../lib/values/model-format';
import { built, makeApp, makeExample } from '../gitops/helpers';
import type { Manifest } from '../support/synth';

const WAVE = 'argocd.argoproj.io/sync-wave';
const HOOK = 'argocd.argoproj.io/hook';
const waveOf = (manifest: Manifest): string | undefined => manifest.metadata.annotations?.[WAVE];

test('the waves of the worked example', () => {
  const waves = built(makeExample().app).map(({ manifest }) => [(manifest as Manifest).kind, waveOf(manifest)]);
  expect(waves).toEqual([
    ['Namespace', '-40'],
    ['PersistentVolumeClaim', '-30'],
    ['Secret', '-30'],
    ['Pod', '-30'],
    ['ServingRuntime', '-20'],
    ['ServingRuntime', '-20'],
    ['ASMGrpcJsonTranscoder', '-10'],
    ['DestinationRule', '-10'],
    ['EnvoyFilter', '-10'],
    ['EnvoyFilter', '-10'],
    ['Gateway', '-10'],
    ['VirtualService', '-10'],
    ['InferenceService', undefined],
    ['InferenceService', undefined],
  ]);
});

describe('one object', () => {
  function manifestWith(annotations?: { [key: string]: string }, kind = 'ConfigMap', apiVersion = 'v1'): Manifest {
    const app = makeApp();
    const metadata = { name: 'x', namespace: 'y', labels: { a: 'b' }, annotations };
    new ApiObject(new Chart(app, 'chart'), 'x', { apiVersion, kind, metadata });
    return built(app)[0]?.manifest;
  }

  test.each([
    ['v1', 'Namespace', '-40'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', '-40'],
    ['v1', 'ConfigMap', '-30'],
    ['rbac.authorization.k8s.io/v1', 'Role', '-30'],
    ['apps/v1', 'Deployment', '-30'],
    ['gateway.networking.k8s.io/v1', 'GatewayClass', '-10'],
    ['networking.istio.io/v1', 'ServiceEntry', '-10'],
    ['example.com/v1', 'Other', undefined],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', undefined],
  ])('%s %s is in wave %s', (apiVersion, kind, wave) => expect(waveOf(manifestWith(undefined, kind, apiVersion))).toBe(wave));

  test.each([[{ [WAVE]: '7' }], [{ [WAVE]: '0' }], [{ [HOOK]: 'PreSync' }], [{ [WAVE]: '-99', [HOOK]: 'PostSync' }]])(
    'keeps its own annotations %j',
    (annotations) => expect(manifestWith(annotations).metadata.annotations).toEqual(annotations),
  );

  test('has its annotations, and the annotations their keys, where they would be had they always been there', () => {
    const added = manifestWith();
    expect(Object.keys(added.metadata)).toEqual(['annotations', 'labels', 'name', 'namespace']);
    const beside = manifestWith({ 'z.io/z': 'z', 'a.io/a': 'a', 'argocd.argoproj.io/sync-options': 'Prune=false' });
    expect(Object.keys(beside.metadata.annotations)).toEqual(['a.io/a', 'argocd.argoproj.io/sync-options', WAVE, 'z.io/z']);
    expect(Object.keys(beside)).toEqual(['apiVersion', 'kind', 'metadata']);
  });

  test('is not changed itself', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', annotations: { a: 'b' } } };
    const before = structuredClone(manifest);
    expect(withSyncWave(manifest)).not.toEqual(before);
    expect(manifest).toEqual(before);
  });

  test('without metadata, or with annotations that are none, is left to those who report that', () => {
    for (const metadata of ['x', ['x'], { name: 'x', annotations: 'x' }, { name: 'x', annotations: ['x'] }]) {
      const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
      expect(withSyncWave(manifest)).toBe(manifest);
    }
    expect(withSyncWave({ apiVersion: 'v1', kind: 'ConfigMap' })).toEqual({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(withSyncWave(undefined)).toBeUndefined();
  });
});

test('the keys of annotations are sorted and all others stay, whatever they are', () => {
  const key = fc.string({ unit: fc.constantFrom(...'abz'), minLength: 1, maxLength: 8 }).map((text) => `${text}.io/x`);
  fc.assert(
    fc.property(fc.dictionary(key, fc.string()), (annotations) => {
      const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { annotations, name: 'x' } };
      const found = (withSyncWave(manifest) as Manifest).metadata.annotations;
      expect(found).toEqual({ ...annotations, [WAVE]: '-30' });
      expect(Object.keys(found)).toEqual([...Object.keys(annotations), WAVE].sort());
    }),
  );
});

describe('a claim', () => {
  function claimWith(props: Partial<ModelVolumeProps>): string | undefined {
    const app = makeApp();
    const chart = new Chart(app, 'chart');
    new ModelMesh(chart, 'mesh').addVolume(new ModelVolume(chart, 'volume', { claimName: 'claim', size: Size.gibibytes(1), ...props }));
    return waveOf(built(app).find(({ path }) => path.includes('PersistentVolumeClaim'))?.manifest);
  }

  test.each<[Partial<ModelVolumeProps>, string]>([
    [{}, '-30'],
    [{ bindsOnFirstUse: false }, '-30'],
    [{ bindsOnFirstUse: true }, '0'],
    [{ bindsOnFirstUse: true, annotations: { [WAVE]: '5' } }, '5'],
    [{ bindsOnFirstUse: true, keepInCluster: false }, '0'],
  ])('with %j is in wave %s', (props, wave) => expect(claimWith(props)).toBe(wave));
});

describe('routing comes after runtimes and before models', () => {
  test('for every kind of its API groups', () => {
    const groups = ['networking.istio.io', 'security.istio.io', 'istio.alibabacloud.com', 'gateway.networking.k8s.io'];
    const kind = fc.string({ unit: fc.constantFrom(...'AbzPod'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.constantFrom(...groups), fc.constantFrom('v1', 'v1beta1', 'v1alpha3'), kind, (group, version, name) => {
        const routing = syncWave(`${group}/${version}`, name) ?? 0;
        expect(routing).toBeLessThan(syncWave('serving.kserve.io/v1beta1', 'InferenceService') ?? 0);
        expect(routing).toBeGreaterThan(syncWave('serving.kserve.io/v1alpha1', 'ServingRuntime') ?? 0);
        expect(routing).toBeGreaterThan(syncWave('serving.kserve.io/v1alpha1', 'ClusterServingRuntime') ?? 0);
      }),
    );
  });

  test('in every mesh', () => {
    const routings = [ModelRouting.asmDynamicSubset(), ModelRouting.any()];
    fc.assert(
      fc.property(fc.constantFrom(...routings), fc.boolean(), fc.integer({ min: 1, max: 4 }), (routing, clusterScoped, modelShards) => {
        const app = makeApp();
        const chart = new Chart(app, 'chart');
        const mesh = new ModelMesh(chart, 'mesh', { modelShards });
        mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver', { clusterScoped }));
        const volume = new ModelVolume(chart, 'volume', { claimName: 'claim', size: Size.gibibytes(1) });
        for (const name of ['a', 'b']) mesh.addModel(name, { format: ModelFormat.SKLEARN, source: volume.at(name) });
        new InferenceGateway(chart, 'gateway', { mesh, port: 8008, routing });
        const manifests = built(app).map(({ manifest }) => manifest as Manifest);
        const waves = (pattern: RegExp) =>
          manifests
            .filter(({ apiVersion, kind }) => pattern.test(`${apiVersion} ${kind}`))
            .map((manifest) => Number(waveOf(manifest) ?? 0));
        const routes = waves(/istio|alibabacloud|gateway/);
        expect(routes.length).toBeGreaterThan(2);
        expect(Math.max(...waves(/ServingRuntime$/))).toBeLessThan(Math.min(...routes));
        expect(Math.max(...routes)).toBeLessThan(Math.min(...waves(/InferenceService$/)));
      }),
      { numRuns: 20 },
    );
  });
});
