import { ApiObject, Chart, Size } from 'cdk8s';
import { RuntimeVerdict } from '../../lib/mesh/model-explanation';
import { ModelMesh, type ModelMeshProps } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelVolume } from '../../lib/storage/model-volume';
import { StorageConfig } from '../../lib/storage/storage-config';
import { ModelFormat } from '../../lib/values/model-format';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { makeChart } from '../support/synth';

function meshWith(props?: ModelMeshProps) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', props);
  return { chart, mesh };
}

const source = ModelSource.gcs({ bucket: 'models', path: 'mnist-1' });

test('a model on a volume, told as text', () => {
  const { chart, mesh } = meshWith();
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
  const volume = new ModelVolume(chart, 'models', { claimName: 'my-models-pvc', size: Size.gibibytes(5) });
  mesh.addModel('tf-mnist', { format: ModelFormat.TENSORFLOW, source: volume.at('tensorflow/mnist-1') });
  expect(mesh.explain('tf-mnist').toString()).toBe(
    [
      "model 'tf-mnist' of the mesh in namespace 'modelmesh-serving'",
      "  asks for: format 'tensorflow'",
      '  runtimes:',
      '    triton-2.x: serves, Deployment modelmesh-serving-triton-2.x (it selects the format)',
      '    mlserver-1.x: cannot serve (it does not list the format)',
      "  bytes: 'tensorflow/mnist-1' on pvc 'my-models-pvc', mounted at /pvc_mounts/my-models-pvc",
      '  in requests: tf-mnist (loaded as tf-mnist__isvc-<10 hex digits>)',
      '  gRPC: modelmesh-serving.modelmesh-serving:8033',
      '  REST: modelmesh-serving.modelmesh-serving:8008',
      '  missing: nothing',
    ].join('\n'),
  );
});

test('why a runtime does not serve a model', () => {
  const { chart, mesh } = meshWith();
  mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
  const reasonFor = (name: string): string => mesh.explain(name).runtimes[0]!.reason;
  const torch = ServingRuntime.torchserve(chart, 'torchserve', { runtimeName: 'torch' });
  mesh.addModel('listed-only', { format: ModelFormat.SKLEARN, source });
  mesh.addModel('other-version', { format: ModelFormat.ONNX.withVersion('1.15'), source });
  mesh.addModel('other-case', { format: ModelFormat.of('ONNX'), source });
  mesh.addModel('unknown', { format: ModelFormat.of('mlflow'), source });
  mesh.addModel('v1', { format: ModelFormat.ONNX, protocolVersion: ProtocolVersion.V1, source });
  mesh.addModel('named', { format: ModelFormat.ONNX, runtime: torch, source });
  expect(reasonFor('listed-only')).toBe('it lists the format without autoSelect: only models that name the runtime get it');
  expect(reasonFor('other-version')).toBe("it lists the format in other versions: 'onnx' version '1'");
  expect(reasonFor('other-case')).toBe("it lists 'onnx' version '1', and upper and lower case count");
  expect(reasonFor('unknown')).toBe('it does not list the format');
  expect(reasonFor('v1')).toBe("it does not list protocol 'v1'");
  expect(mesh.explain('named').runtimes.map(({ runtimeName, reason }) => [runtimeName, reason])).toEqual([
    ['torch', "the model names it, though it does not list format 'onnx'"],
    ['triton-2.x', "the model names runtime 'torch'"],
  ]);
  for (const name of ['listed-only', 'other-version', 'other-case', 'unknown', 'v1']) {
    expect(mesh.explain(name).servedBy).toEqual([]);
    expect(mesh.explain(name).missing).toEqual(['no runtime of the mesh serves it: add one that selects its format']);
  }
});

test('a model that names its runtime gets that one alone, whatever it lists', () => {
  const { chart, mesh } = meshWith();
  const triton = ServingRuntime.triton(chart, 'triton');
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  mesh.addRuntime(triton);
  mesh.addModel('sk', { format: ModelFormat.SKLEARN, runtime: triton, source });
  mesh.addModel('strange', { format: ModelFormat.of('mlflow'), runtime: triton, source });
  expect(mesh.explain('sk').runtimes).toEqual([
    {
      runtimeName: 'triton-2.x',
      verdict: RuntimeVerdict.SERVES,
      reason: 'the model names it',
      deploymentName: 'modelmesh-serving-triton-2.x',
    },
    {
      runtimeName: 'mlserver-1.x',
      verdict: RuntimeVerdict.CANNOT_SERVE,
      reason: "the model names runtime 'triton-2.x'",
      deploymentName: 'modelmesh-serving-mlserver-1.x',
    },
  ]);
  expect(mesh.explain('strange').runtimes[0]!.reason).toBe("the model names it, though it does not list format 'mlflow'");
});

describe('runtimes that others install', () => {
  test("ModelMesh's own are known by what they list", () => {
    const { chart, mesh } = meshWith();
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'triton', 'triton-2.x'));
    mesh.addModel('onnx', { format: ModelFormat.ONNX, source });
    expect(mesh.explain('onnx').servedBy).toEqual(['triton-2.x']);
  });

  test('of others only the name is known', () => {
    const { chart, mesh } = meshWith();
    const installed = ServingRuntime.fromRuntimeName(chart, 'installed', 'their-runtime');
    mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
    mesh.addRuntime(installed);
    mesh.addModel('onnx', { format: ModelFormat.ONNX, source });
    mesh.addModel('named', { format: ModelFormat.ONNX, runtime: installed, source });
    const { runtimes, missing } = mesh.explain('onnx');
    expect(runtimes[0]).toMatchObject({ runtimeName: 'their-runtime', verdict: RuntimeVerdict.NOT_KNOWN });
    expect(missing).toEqual([]);
    expect(mesh.explain('named').servedBy).toEqual(['their-runtime']);
  });

  test("a mesh without runtimes is served by ModelMesh's own", () => {
    const { mesh } = meshWith();
    mesh.addModel('sk', { format: ModelFormat.SKLEARN, source });
    expect(mesh.explain('sk').servedBy).toEqual(['mlserver-1.x']);
  });
});

test('hosts follow the name of the Service, and the REST proxy the settings of the controller', () => {
  const { chart, mesh } = meshWith({ serviceName: 'my-mesh', namespace: 'ml' });
  new ApiObject(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'model-serving-config', namespace: 'controller' },
    data: { 'config.yaml': 'restProxy: { enabled: false }' },
  });
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  mesh.addModel('sk', { format: ModelFormat.SKLEARN, protocolVersion: ProtocolVersion.V2, source });
  const explanation = mesh.explain('sk');
  expect(explanation.grpcHost).toBe('my-mesh.ml:8033');
  expect(explanation.restHost).toBeUndefined();
  expect(explanation.servedBy).toEqual([]);
  expect(explanation.runtimes[0]!.deploymentName).toBe('my-mesh-mlserver-1.x');
  expect(explanation.toString()).toContain('REST: switched off');
});

describe('where the bytes come from', () => {
  function storageOf(from: ModelSource) {
    const { mesh } = meshWith({ storageConfig: StorageConfig.fromSecretName() });
    mesh.addModel('sk', { format: ModelFormat.SKLEARN, source: from });
    return mesh.explain('sk').storage;
  }

  test('each type of store', () => {
    expect(storageOf(ModelSource.s3({ bucket: 'b', path: 'p/1', storageKey: 'minio' }))).toEqual({
      type: 's3',
      path: 'p/1',
      container: 'b',
      storageKey: 'minio',
    });
    expect(storageOf(ModelSource.s3({ bucket: 'b', path: 'p/1' })).storageKey).toBe('default_s3');
    expect(storageOf(source)).toEqual({ type: 'gcs', path: 'mnist-1', container: 'models' });
    expect(storageOf(ModelSource.azure({ accountName: 'a', container: 'c', path: 'p' })).container).toBe('a/c');
    expect(storageOf(ModelSource.uri('https://models.example.com/p/1'))).toMatchObject({
      type: 'http',
      path: 'p/1',
      container: 'https://models.example.com',
    });
    expect(storageOf(ModelSource.uri('pvc://claim/p/1'))).toMatchObject({ type: 'pvc', path: 'p/1', mountPath: '/pvc_mounts/claim' });
    expect(storageOf(ModelSource.storageEntry({ storageKey: 'minio', path: 'p/1' }))).toEqual({ path: 'p/1', storageKey: 'minio' });
  });

  test('a claim that the mesh does not know is missing', () => {
    const { mesh } = meshWith();
    mesh.addModel('sk', { format: ModelFormat.SKLEARN, source: ModelSource.uri('pvc://claim/p/1') });
    expect(mesh.explain('sk').missing).toEqual([
      "claim 'claim' is not mounted: add the volume to the mesh",
      "claim 'claim' is not declared here: it must exist in namespace 'modelmesh-serving'",
    ]);
  });

  test('an entry that the Secret of the mesh does not have is missing', () => {
    const { mesh } = meshWith();
    mesh.addModel('sk', { format: ModelFormat.SKLEARN, source: ModelSource.storageEntry({ storageKey: 'minio', path: 'p/1' }) });
    expect(mesh.explain('sk').missing).toEqual(["the storage Secret has no entry 'minio': add it"]);
  });

  test('a claim that others make is not missing', () => {
    const { chart, mesh } = meshWith();
    const volume = ModelVolume.fromClaimName(chart, 'volume', 'their-claim');
    mesh.addModel('sk', { format: ModelFormat.SKLEARN, source: volume.at('p/1') });
    expect(mesh.explain('sk').missing).toEqual([]);
  });
});

test('a model that is not there: the error names those that are, the nearest first', () => {
  const { mesh } = meshWith();
  expect(() => mesh.explain('sk')).toThrow("the mesh in namespace 'modelmesh-serving' has no model 'sk': it has none yet");
  for (const name of ['onnx-mnist', 'sk-mnist', 'tf-mnist']) mesh.addModel(name, { format: ModelFormat.SKLEARN, source });
  expect(() => mesh.explain('tf-mnits')).toThrow(
    "the mesh in namespace 'modelmesh-serving' has no model 'tf-mnits': it has 'tf-mnist', 'sk-mnist', 'onnx-mnist'",
  );
});

test('objects of another chart that belong to the mesh count', () => {
  const { chart, mesh } = meshWith();
  const other = new Chart(chart.node.root, 'other');
  mesh.addRuntime(ServingRuntime.mlserver(other, 'mlserver'));
  mesh.addModel('sk', { format: ModelFormat.SKLEARN, source });
  expect(mesh.explain('sk').servedBy).toEqual(['mlserver-1.x']);
});
