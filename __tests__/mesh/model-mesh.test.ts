import { Size } from 'cdk8s';
import { ModelMesh, type ModelMeshProps } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelVolume } from '../../lib/storage/model-volume';
import { StorageConfig } from '../../lib/storage/storage-config';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestOf, manifestsOf, problemsOf } from '../support/synth';

const LABEL_REMEDY = "use lower-case letters, digits and '-', begin and end with a letter or digit";
const SERVICE_REMEDY = "use lower-case letters, digits and '-', begin with a letter and end with a letter or digit";
const source = ModelSource.gcs({ bucket: 'models', path: 'mnist' });

function meshWith(props?: ModelMeshProps) {
  const chart = makeChart();
  return { chart, mesh: new ModelMesh(chart, 'mesh', props) };
}

describe('the objects of a mesh', () => {
  test('those of the worked example', () => {
    const { chart, mesh } = meshWith();
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestsOf(chart)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'modelmesh-serving',
          labels: { 'modelmesh-enabled': 'true' },
          annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
        },
        spec: {},
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'storage-config',
          namespace: 'modelmesh-serving',
          annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
        },
        immutable: false,
        stringData: {},
      },
    ]);
    expect(mesh.namespace).toBe('modelmesh-serving');
    expect(mesh.serviceName).toBe('modelmesh-serving');
    expect(mesh.grpcPort).toBe(8033);
  });

  test('every property reaches them', () => {
    const props: Required<ModelMeshProps> = {
      namespace: 'other',
      createNamespace: true,
      keepNamespaceInCluster: false,
      modelShards: 2,
      serviceName: 'my-service',
      storageConfig: StorageConfig.generated({ secretName: 'stores' }),
      labels: { team: 'vision' },
      annotations: { 'example.com/note': 'yes' },
    };
    const { chart, mesh } = meshWith(props);
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestsOf(chart)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'other', labels: { team: 'vision', 'modelmesh-enabled': 'true' }, annotations: { 'example.com/note': 'yes' } },
        spec: {},
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'stores', namespace: 'other', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
        immutable: false,
        stringData: {},
      },
      ...['00', '01'].map((shard) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `my-service-models-${shard}`, namespace: 'other' },
        immutable: false,
        data: { shard: String(Number(shard)) },
      })),
    ]);
    expect(mesh.namespace).toBe('other');
    expect(mesh.serviceName).toBe('my-service');
  });

  test('an existing namespace is not made', () => {
    expect(manifestsOf(meshWith({ createNamespace: false }).chart).map(({ kind }) => kind)).toEqual(['Secret']);
  });

  test('a Secret from elsewhere is not made', () => {
    const { chart, mesh } = meshWith({ storageConfig: StorageConfig.fromSecretName() });
    mesh.addVolume(ModelVolume.fromClaimName(chart, 'volume', 'my-models-pvc'));
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['Namespace']);
  });

  test('annotations of the caller stand beside those for Argo CD, and win', () => {
    const of = (annotations: { [key: string]: string }) => manifestOf(meshWith({ annotations }).chart, 'Namespace').metadata.annotations;
    expect(of({ note: 'yes' })).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', note: 'yes' });
    expect(of({ 'argocd.argoproj.io/sync-options': 'Replace=true' })).toEqual({ 'argocd.argoproj.io/sync-options': 'Replace=true' });
  });

  test('the label that enables ModelMesh may be repeated', () => {
    expect(problemsOf(meshWith({ labels: { 'modelmesh-enabled': 'true' } }).chart)).toEqual([]);
  });
});

describe('problems', () => {
  test.each<[ModelMeshProps, string]>([
    [{ namespace: 'My' }, `namespace 'My' is not valid: ${LABEL_REMEDY}`],
    [{ namespace: '' }, `namespace '' is not valid: ${LABEL_REMEDY}`],
    [{ namespace: 'a.b', createNamespace: false }, `namespace 'a.b' is not valid: ${LABEL_REMEDY}`],
    [{ namespace: 'a'.repeat(64) }, `namespace '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed: shorten it`],
    [{ serviceName: '1st' }, `service name '1st' is not valid: ${SERVICE_REMEDY}`],
    [{ serviceName: 'a.b' }, `service name 'a.b' is not valid: ${SERVICE_REMEDY}`],
    [
      { storageConfig: StorageConfig.generated({ secretName: '' }) },
      "name of the storage Secret '' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ],
    [
      { storageConfig: StorageConfig.fromSecretName('A') },
      "name of the storage Secret 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ],
    [
      { labels: { a: ' ' } },
      "value of label 'a' ' ' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [
      { labels: { 'modelmesh-enabled': 'false' } },
      "label 'modelmesh-enabled' is 'false', but the namespace of a mesh has 'true': remove it",
    ],
    [{ annotations: { a: 1 as unknown as string } }, "value of annotation 'a' is '1': write it as a string"],
  ])('%j', (props, problem) => {
    expect(problemsOf(meshWith(props).chart)).toEqual([`[test/mesh] ${problem}`]);
  });

  test('all at once, those of runtimes, volumes and models among them', () => {
    const { chart, mesh } = meshWith({
      namespace: 'A',
      serviceName: 'B',
      storageConfig: StorageConfig.generated({ secretName: 'C' }),
      labels: { d: ' ', 'modelmesh-enabled': '' },
      annotations: { ' ': '' },
    });
    mesh.addVolume(ModelVolume.fromClaimName(chart, 'volume', 'E'));
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'runtime', 'F'));
    mesh.addModel('G', { format: ModelFormat.ONNX, source });
    const problems = problemsOf(chart);
    expect(problems.filter((problem) => problem.startsWith('[test/mesh] '))).toHaveLength(6);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
      expect.arrayContaining(['[test/volume]', '[test/runtime]', '[test/mesh/model-G]']),
    );
    expect(problems).toHaveLength(9);
  });

  test('a runtime whose Deployment would have too long a name', () => {
    const { chart, mesh } = meshWith();
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'fits', 'a'.repeat(45)));
    expect(problemsOf(chart)).toEqual([]);
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'long', 'b'.repeat(46)));
    expect(problemsOf(chart)).toEqual([
      `[test/mesh] Deployment 'modelmesh-serving-${'b'.repeat(46)}' of serving runtime '${'b'.repeat(46)}' has a name of 64 characters; ` +
        "at most 63 are allowed: shorten the runtime's name to 45 characters",
    ]);
  });

  test('a Service whose name leaves no room for that of a runtime', () => {
    const { chart, mesh } = meshWith({ serviceName: 'a'.repeat(62) });
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'runtime', 'b'));
    expect(problemsOf(chart)).toEqual([
      `[test/mesh] Deployment '${'a'.repeat(62)}-b' of serving runtime 'b' has a name of 64 characters; at most 63 are allowed: shorten the Service's name`,
    ]);
  });
});

describe('runtimes', () => {
  test('are bound to the namespace of the mesh', () => {
    const { chart, mesh } = meshWith({ namespace: 'other' });
    const [mlserver, triton] = [ServingRuntime.mlserver(chart, 'mlserver'), ServingRuntime.triton(chart, 'triton')];
    mesh.addRuntime(mlserver);
    mesh.addRuntime(triton);
    mesh.addRuntime(mlserver);
    expect(mesh.runtimes).toEqual([mlserver, triton]);
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestOf(chart, 'ServingRuntime', 'mlserver-1.x').metadata.namespace).toBe('other');
  });

  test('two of one name are refused', () => {
    const { chart, mesh } = meshWith();
    const first = ServingRuntime.mlserver(chart, 'first');
    mesh.addRuntime(first);
    const message = new Error(
      "the mesh in namespace 'modelmesh-serving' has a serving runtime 'mlserver-1.x' already: remove one of the two, or rename it",
    );
    expect(() => mesh.addRuntime(ServingRuntime.mlserver(chart, 'second'))).toThrow(message);
    expect(() => mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'installed', 'mlserver-1.x'))).toThrow(message);
    expect(mesh.runtimes).toEqual([first]);
  });

  test('of another mesh are refused, but for those of the whole cluster', () => {
    const { chart, mesh } = meshWith();
    const other = new ModelMesh(chart, 'other', { namespace: 'other' });
    const runtime = ServingRuntime.mlserver(chart, 'mlserver');
    mesh.addRuntime(runtime);
    expect(() => other.addRuntime(runtime)).toThrow(
      new Error(
        "serving runtime 'mlserver-1.x' belongs to the mesh in namespace 'modelmesh-serving' already and cannot join the one in 'other': declare one of its own there",
      ),
    );
    expect(other.runtimes).toEqual([]);
    const shared = ServingRuntime.triton(chart, 'triton', { clusterScoped: true });
    mesh.addRuntime(shared);
    other.addRuntime(shared);
    expect(other.runtimes).toEqual([shared]);
  });
});

describe('volumes', () => {
  test('of one claim name are refused, however they come', () => {
    const { chart, mesh } = meshWith();
    const declared = new ModelVolume(chart, 'declared', { claimName: 'models', size: Size.gibibytes(1) });
    const existing = ModelVolume.fromClaimName(chart, 'existing', 'models');
    mesh.addVolume(declared);
    const message = new Error(
      "the mesh in namespace 'modelmesh-serving' has a volume 'models' already: remove one of the two, or rename it",
    );
    expect(() => mesh.addVolume(existing)).toThrow(message);
    expect(() => mesh.addModel('mnist', { format: ModelFormat.ONNX, source: existing.at('mnist') })).toThrow(message);
    expect(mesh.volumes).toEqual([declared]);
    expect(mesh.models).toEqual([]);
  });

  test('of models are added once, in the order of use', () => {
    const { chart, mesh } = meshWith();
    const [a, b] = [ModelVolume.fromClaimName(chart, 'a', 'a'), ModelVolume.fromClaimName(chart, 'b', 'b')];
    mesh.addModel('one', { format: ModelFormat.ONNX, source: b.at('1') });
    mesh.addModel('two', { format: ModelFormat.ONNX, source: a.at('2') });
    mesh.addModel('three', { format: ModelFormat.ONNX, source: b.at('3') });
    expect(mesh.volumes).toEqual([b, a]);
    expect(Object.keys(manifestOf(chart, 'Secret').stringData)).toEqual(['a', 'b']);
  });
});

describe('models', () => {
  test('are InferenceServices in the namespace of the mesh', () => {
    const { chart, mesh } = meshWith({ namespace: 'other' });
    const model = mesh.addModel('mnist', { format: ModelFormat.ONNX, source });
    expect(mesh.models).toEqual([model]);
    expect(model.modelName).toBe('mnist');
    expect(manifestOf(chart, 'InferenceService').metadata).toEqual({
      name: 'mnist',
      namespace: 'other',
      annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' },
    });
  });

  test('of one name are refused within a mesh, not between two', () => {
    const { chart, mesh } = meshWith();
    const first = mesh.addModel('mnist', { format: ModelFormat.ONNX, source });
    expect(() => mesh.addModel('mnist', { format: ModelFormat.KERAS, source })).toThrow(
      new Error("the mesh in namespace 'modelmesh-serving' has a model 'mnist' already: give the other one its own name"),
    );
    expect(mesh.models).toEqual([first]);
    new ModelMesh(chart, 'other', { namespace: 'other' }).addModel('mnist', { format: ModelFormat.ONNX, source });
    expect(manifestsOf(chart).filter(({ kind }) => kind === 'InferenceService')).toHaveLength(2);
  });
});

describe('nothing that a caller holds is a way in', () => {
  test('lists are copies', () => {
    const { chart, mesh } = meshWith();
    mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
    mesh.addModel('mnist', { format: ModelFormat.ONNX, source: ModelVolume.fromClaimName(chart, 'volume', 'a').at('mnist') });
    for (const list of [mesh.runtimes, mesh.volumes, mesh.models]) list.pop();
    expect([mesh.runtimes, mesh.volumes, mesh.models].map((list) => list.length)).toEqual([1, 1, 1]);
  });

  test('what the caller does to its objects afterwards changes neither manifest nor problems', () => {
    const labels: { [key: string]: string } = { team: 'vision' };
    const annotations: { [key: string]: string } = { note: 'yes' };
    const { chart } = meshWith({ labels, annotations });
    expect([labels, annotations]).toEqual([{ team: 'vision' }, { note: 'yes' }]);
    const before = JSON.stringify(manifestsOf(chart));
    labels['not valid'] = annotations['not valid'] = '-';
    expect(JSON.stringify(manifestsOf(chart))).toBe(before);
    expect(problemsOf(chart)).toEqual([]);
  });
});
