import { ManifestSet, type ManifestSetOptions } from '../../../lib/manifests/manifest-set';
import { Manifest } from '../../../lib/manifests/manifest';
import type { ModelType } from '../../../lib/modelmesh/runtime/labels';
import { matchOf, runtimesIn, RuntimeState } from '../../../lib/modelmesh/matching/matching';
import { unservedModelsOf } from '../../../lib/modelmesh/matching/explanation';

interface RuntimeOptions {
  readonly kind?: string;
  readonly namespace?: string;
  readonly formats?: readonly object[];
  readonly spec?: object;
}

function runtime(name: string, { kind = 'ServingRuntime', namespace = 'ml', formats, spec }: RuntimeOptions = {}): Manifest {
  return new Manifest({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind,
    metadata: { name, namespace },
    spec: {
      multiModel: true,
      grpcEndpoint: 'port:9000',
      supportedModelFormats: formats ?? [{ name: 'sklearn', version: '0', autoSelect: true }],
      containers: [{ name: 'server', image: 'example.com/server:1.0' }],
      ...spec,
    },
  });
}

const cluster = (name: string, options: RuntimeOptions = {}): Manifest => runtime(name, { ...options, kind: 'ClusterServingRuntime' });
const setWith = (manifests: readonly Manifest[], options?: ManifestSetOptions): ManifestSet => new ManifestSet(manifests, options);
const names = (set: ManifestSet, type: ModelType = { format: 'sklearn' }, namespace = 'ml'): string[] =>
  matchOf(set, namespace, type).candidates.map(({ name }) => name);
const states = (set: ManifestSet): object => Object.fromEntries(runtimesIn(set, 'ml').all.map(({ name, state }) => [name, state]));

describe('the runtimes of a namespace', () => {
  test('those of the namespace and the cluster-wide ones, not those of other namespaces', () => {
    const set = setWith([runtime('a'), cluster('b'), runtime('c', { namespace: 'other' })]);
    expect(names(set)).toEqual(['b', 'a']);
    expect(names(set, { format: 'sklearn' }, 'other')).toEqual(['b', 'c']);
    expect(names(set, { format: 'sklearn' }, 'third')).toEqual(['b']);
  });

  test.each([
    ['disabled', { disabled: true }, RuntimeState.DISABLED],
    ['a single-model one', { multiModel: undefined }, RuntimeState.SINGLE_MODEL],
    ['refused by the controller', { containers: [{ name: 'mm', image: 'example.com/server:1.0' }] }, RuntimeState.REFUSED],
  ])('one that is %s serves nothing', (_, spec, state) => {
    const set = setWith([runtime('a', { spec })]);
    expect(states(set)).toEqual({ a: state });
    expect(names(set)).toEqual([]);
    expect(names(set, { format: 'sklearn', runtime: 'a' })).toEqual([]);
  });

  test('one of the namespace takes the place of a cluster-wide one of its name, whatever its state and its formats', () => {
    for (const spec of [{ disabled: true }, { multiModel: false }])
      expect(names(setWith([cluster('a'), runtime('a', { spec })]))).toEqual([]);
    const other = setWith([cluster('a'), runtime('a', { formats: [{ name: 'onnx', autoSelect: true }] })]);
    expect(names(other)).toEqual([]);
    expect(names(other, { format: 'onnx' })).toEqual(['a']);
    expect(runtimesIn(other, 'ml').byName.get('a')?.hides?.runtime?.isClusterScoped).toBe(true);
    expect(names(other, { format: 'sklearn' }, 'elsewhere')).toEqual(['a']);
  });

  test('a cluster-wide one that is off is hidden from nobody', () => {
    const set = setWith([cluster('a', { spec: { disabled: true } }), runtime('a')]);
    expect(runtimesIn(set, 'ml').byName.get('a')?.hides).toBeUndefined();
    expect(names(set)).toEqual(['a']);
  });
});

describe("ModelMesh's own runtimes", () => {
  test('are there when no manifest holds a runtime, of whatever sort', () => {
    expect(names(setWith([]))).toEqual(['mlserver-1.x']);
    expect(names(setWith([]), { format: 'onnx' })).toEqual(['triton-2.x']);
    expect(names(setWith([runtime('a', { spec: { multiModel: false }, namespace: 'other' })]))).toEqual([]);
  });

  test('are there, or not, as the options say', () => {
    expect(names(setWith([runtime('a')], { hasShippedRuntimes: true }))).toEqual(['mlserver-1.x', 'a']);
    expect(names(setWith([], { hasShippedRuntimes: false }))).toEqual([]);
  });

  test('a runtime of the namespace hides the one of its name', () => {
    const set = setWith([runtime('mlserver-1.x', { spec: { disabled: true } })], { hasShippedRuntimes: true });
    expect(names(set)).toEqual([]);
    expect(names(set, { format: 'sklearn' }, 'other')).toEqual(['mlserver-1.x']);
  });

  test('a ClusterServingRuntime of the manifests is the one of its name', () => {
    const set = setWith([cluster('mlserver-1.x', { formats: [{ name: 'mlflow', autoSelect: true }] })], { hasShippedRuntimes: true });
    expect(names(set)).toEqual([]);
    expect(names(set, { format: 'mlflow' })).toEqual(['mlserver-1.x']);
  });

  test('one whose server type the controller does not know is refused', () => {
    const config = new Manifest({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'model-serving-config' },
      data: { 'config.yaml': 'builtInServerTypes: [triton]' },
    });
    expect(names(setWith([config]))).toEqual([]);
    expect(names(setWith([config]), { format: 'onnx' })).toEqual(['triton-2.x']);
  });

  test('v2 needs the REST proxy', () => {
    const config = new Manifest({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'model-serving-config' },
      data: { 'config.yaml': 'restProxy: { enabled: false }' },
    });
    const type = { format: 'sklearn', protocolVersion: 'v2' };
    expect(names(setWith([]), type)).toEqual(['mlserver-1.x']);
    expect(names(setWith([config]), type)).toEqual([]);
  });
});

describe('runtimes of which nothing is known', () => {
  const existing = [{ kind: 'ServingRuntime', namespace: 'ml', name: 'theirs' }];

  test('may serve any model of their namespace that names no other', () => {
    const set = setWith([runtime('a')], { existing });
    const mayBe = (type: ModelType, namespace = 'ml'): boolean => matchOf(set, namespace, type).mayBeUnknown;
    expect(mayBe({ format: 'mlflow' })).toBe(true);
    expect(mayBe({ format: 'mlflow', runtime: 'theirs' })).toBe(true);
    expect(mayBe({ format: 'mlflow', runtime: 'other' })).toBe(false);
    expect(mayBe({ format: 'mlflow' }, 'other')).toBe(false);
  });

  test('cluster-wide ones may serve models of every namespace', () => {
    const set = setWith([], { existing: [{ kind: 'ClusterServingRuntime', namespace: '', name: 'theirs' }] });
    expect(matchOf(set, 'any', { format: 'mlflow' }).mayBeUnknown).toBe(true);
  });

  test('one of the name of a cluster-wide runtime hides what is known of that', () => {
    const set = setWith([cluster('theirs')], { existing });
    expect(runtimesIn(set, 'ml').byName.has('theirs')).toBe(false);
    expect(names(set, { format: 'sklearn' }, 'other')).toEqual(['theirs']);
  });

  test('one that a manifest shows is known after all', () => {
    const set = setWith([runtime('theirs', { spec: { disabled: true } })], { existing });
    expect(matchOf(set, 'ml', { format: 'sklearn', runtime: 'theirs' })).toEqual({ candidates: [], mayBeUnknown: false });
  });
});

describe('manifests that name no namespace may land in any', () => {
  test('a model may meet each runtime', () => {
    const set = setWith([runtime('a'), cluster('b'), runtime('c', { namespace: '' })]);
    expect(matchOf(set, '', { format: 'mlflow' }).mayBeUnknown).toBe(true);
    expect(matchOf(set, '', { format: 'mlflow', runtime: 'a' }).mayBeUnknown).toBe(true);
    expect(matchOf(set, '', { format: 'mlflow', runtime: 'd' }).mayBeUnknown).toBe(false);
    expect(names(set, { format: 'sklearn' }, '')).toEqual(['b', 'c']);
  });

  test('a runtime may serve each model', () => {
    const set = setWith([runtime('a'), runtime('c', { namespace: '' })]);
    expect(matchOf(set, 'ml', { format: 'mlflow' }).mayBeUnknown).toBe(true);
    expect(matchOf(set, 'ml', { format: 'mlflow', runtime: 'c' }).mayBeUnknown).toBe(true);
    expect(matchOf(set, 'ml', { format: 'mlflow', runtime: 'a' }).mayBeUnknown).toBe(false);
  });

  test('among each other they are in one namespace', () => {
    const set = setWith([runtime('c', { namespace: '' })]);
    expect(matchOf(set, '', { format: 'mlflow' })).toEqual({ candidates: [], mayBeUnknown: false });
    expect(names(set, { format: 'sklearn' }, '')).toEqual(['c']);
  });
});

test('none of 10,000 models is served, each with a format of its own', () => {
  const models = Array.from(
    { length: 10_000 },
    (_, index) =>
      new Manifest({
        apiVersion: 'serving.kserve.io/v1beta1',
        kind: 'InferenceService',
        metadata: { name: `m-${index}`, namespace: 'ml', annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } },
        spec: { predictor: { model: { modelFormat: { name: `format-${index}` }, storageUri: 's3://b/p' } } },
      }),
  );
  const set = setWith([...models, ...Array.from({ length: 10 }, (_, index) => runtime(`rt-${index}`))]);
  expect(unservedModelsOf(set)).toHaveLength(10_000);
});
