import { ApiObject } from 'cdk8s';
import { Model, type ModelProps } from '../../lib/model/model';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelVolume } from '../../lib/storage/model-volume';
import { ModelFormat } from '../../lib/values/model-format';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { makeChart, manifestOf, manifestsOf, problemsOf } from '../support/synth';

const NAME_REMEDY = "use lower-case letters, digits and '-', begin with a letter and end with a letter or digit";
const REQUIRED: ModelProps = {
  modelName: 'sklearn-mnist',
  namespace: 'modelmesh-serving',
  format: ModelFormat.SKLEARN,
  source: ModelSource.gcs({ bucket: 'models', path: 'mnist' }),
};

function chartWith(props: Partial<ModelProps> = {}) {
  const chart = makeChart();
  const model = new Model(chart, 'model', { ...REQUIRED, ...props });
  return { chart, model };
}

test('the InferenceService of the worked example', () => {
  const chart = makeChart();
  const source = ModelVolume.fromClaimName(chart, 'volume', 'my-models-pvc').at('mnist-svm.joblib');
  new Model(chart, 'model', { ...REQUIRED, source });
  expect(problemsOf(chart)).toEqual([]);
  expect(manifestsOf(chart)).toEqual([
    {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: {
        name: 'sklearn-mnist',
        namespace: 'modelmesh-serving',
        annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' },
      },
      spec: {
        predictor: {
          model: {
            modelFormat: { name: 'sklearn' },
            storage: { path: 'mnist-svm.joblib', parameters: { type: 'pvc', name: 'my-models-pvc' } },
          },
        },
      },
    },
  ]);
});

test('every property reaches the manifest', () => {
  const chart = makeChart();
  const props: Required<ModelProps> = {
    modelName: 'mnist-1',
    namespace: 'other',
    format: ModelFormat.ONNX.withVersion('1'),
    source: ModelSource.uri('s3://models/mnist', { storageKey: 'my-store' }),
    runtime: ServingRuntime.fromRuntimeName(chart, 'runtime', 'ovms-1.x'),
    protocolVersion: ProtocolVersion.GRPC_V1,
    labels: { team: 'vision' },
    annotations: { 'example.com/note': 'yes' },
  };
  const model = new Model(chart, 'model', props);
  expect(problemsOf(chart)).toEqual([]);
  expect(manifestsOf(chart)).toEqual([
    {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: {
        name: 'mnist-1',
        namespace: 'other',
        labels: { team: 'vision' },
        annotations: { 'example.com/note': 'yes', 'serving.kserve.io/deploymentMode': 'ModelMesh' },
      },
      spec: {
        predictor: {
          model: {
            modelFormat: { name: 'onnx', version: '1' },
            runtime: 'ovms-1.x',
            protocolVersion: 'grpc-v1',
            storageUri: 's3://models/mnist',
            storage: { key: 'my-store' },
          },
        },
      },
    },
  ]);
  expect(model.modelName).toBe('mnist-1');
  expect(model.format).toBe(props.format);
  expect(model.source).toBe(props.source);
  expect(model.runtime).toBe(props.runtime);
});

test('the InferenceService can be reached to change what has no property', () => {
  const { chart, model } = chartWith();
  expect(model.runtime).toBeUndefined();
  ApiObject.of(model).metadata.addLabel('late', 'yes');
  expect(manifestOf(chart, 'InferenceService').metadata.labels).toEqual({ late: 'yes' });
});

test('the deployment mode may be repeated', () => {
  const { chart } = chartWith({ annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } });
  expect(problemsOf(chart)).toEqual([]);
});

describe('problems', () => {
  test.each<[Partial<ModelProps>, string]>([
    [{ modelName: 'Mnist' }, `model name 'Mnist' is not valid: ${NAME_REMEDY}`],
    [{ modelName: '1-mnist' }, `model name '1-mnist' is not valid: ${NAME_REMEDY}`],
    [{ modelName: 'mnist.v1' }, `model name 'mnist.v1' is not valid: ${NAME_REMEDY}`],
    [{ modelName: '' }, `model name '' is not valid: ${NAME_REMEDY}`],
    [{ modelName: 'a'.repeat(239) }, `model name '${'a'.repeat(117)}...' has 239 characters, at most 238 are allowed: shorten it`],
    [
      { labels: { a: 'ä' } },
      "value of label 'a' 'ä' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [{ annotations: { a: true as unknown as string } }, "value of annotation 'a' is 'true': write it as a string"],
    [
      { annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' } },
      "annotation 'serving.kserve.io/deploymentMode' is 'RawDeployment', but every model of a mesh has 'ModelMesh': remove it",
    ],
    [
      { annotations: { 'serving.kserve.io/servingRuntime': 'triton-2.x' } },
      "annotation 'serving.kserve.io/servingRuntime' makes ModelMesh refuse the model: use the option 'runtime'",
    ],
  ])('%j', (props, problem) => {
    expect(problemsOf(chartWith(props).chart)).toEqual([`[test/model] ${problem}`]);
  });

  test('all at once', () => {
    const { chart } = chartWith({
      modelName: 'A',
      labels: { b: ' ' },
      annotations: { ' ': '', 'serving.kserve.io/deploymentMode': '', 'serving.kserve.io/servingRuntime': '' },
    });
    expect(problemsOf(chart)).toHaveLength(5);
  });
});

test('what the caller does to its objects afterwards changes neither manifest nor problems', () => {
  const labels: { [key: string]: string } = { team: 'vision' };
  const annotations: { [key: string]: string } = { note: 'yes' };
  const { chart } = chartWith({ labels, annotations });
  const before = JSON.stringify(manifestsOf(chart));
  labels['not valid'] = annotations['not valid'] = '-';
  expect(JSON.stringify(manifestsOf(chart))).toBe(before);
  expect(problemsOf(chart)).toEqual([]);
  expect(Object.keys(annotations)).toEqual(['note', 'not valid']);
});
