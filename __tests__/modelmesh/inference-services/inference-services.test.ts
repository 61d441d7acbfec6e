import { inferenceServiceOf, inferenceServicesOf, Rejection } from '../../../lib/modelmesh/inference-services/inference-services';
import { Manifest } from '../../../lib/manifests/manifest';
import { setOf } from '../../support/checks';

const read = (predictor: unknown, annotations: object = {}) =>
  inferenceServiceOf(
    new Manifest({ kind: 'InferenceService', metadata: { name: 'm', namespace: 'ml', annotations }, spec: { predictor } }),
  );

const PLACE = { storageUri: 's3://b/p' };

describe('the form', () => {
  test('model', () => {
    expect(read({ model: { modelFormat: { name: 'onnx', version: '1' }, protocolVersion: 'v2', runtime: 'rt', ...PLACE } })).toMatchObject({
      rejection: undefined,
      modelPath: ['spec', 'predictor', 'model'],
      type: { format: 'onnx', version: '1', protocolVersion: 'v2', runtime: 'rt' },
    });
  });

  test('a framework is a format without version, and takes its runtime from the annotation', () => {
    expect(
      read({ triton: { protocolVersion: 'v2', runtime: 'ignored', ...PLACE } }, { 'serving.kserve.io/servingRuntime': 'rt' }),
    ).toMatchObject({
      rejection: undefined,
      framework: 'triton',
      modelPath: ['spec', 'predictor', 'triton'],
      type: { format: 'triton', version: undefined, protocolVersion: 'v2', runtime: 'rt' },
    });
  });

  test('of several frameworks the first in a fixed order', () => {
    expect(read({ sklearn: PLACE, xgboost: PLACE, pmml: PLACE }).framework).toBe('xgboost');
    expect(read({ pmml: PLACE, triton: PLACE }).framework).toBe('triton');
  });

  test.each([
    [{ model: PLACE, sklearn: {} }, {}, Rejection.MODEL_AND_FRAMEWORK],
    [{ model: PLACE }, { 'serving.kserve.io/servingRuntime': 'rt' }, Rejection.MODEL_AND_RUNTIME_ANNOTATION],
    [{ model: PLACE }, { 'serving.kserve.io/servingRuntime': '' }, Rejection.MODEL_AND_RUNTIME_ANNOTATION],
    [{ containers: [] }, {}, Rejection.NO_MODEL],
    [{ paddle: PLACE }, {}, Rejection.NO_MODEL],
    [{ model: null }, {}, Rejection.NO_MODEL],
    [undefined, {}, Rejection.NO_MODEL],
    ['odd', {}, Rejection.NO_MODEL],
    [{ model: { storageUri: 's3://b/p', storage: { path: 'p' } } }, {}, Rejection.TWO_PLACES],
    [{ model: { storageUri: 's3://b/p', storage: { path: '' } } }, {}, Rejection.TWO_PLACES],
    [{ model: { storage: { key: 'k' } } }, {}, Rejection.NO_PLACE],
    [{ model: { storageUri: null } }, {}, Rejection.NO_PLACE],
    [{ sklearn: {} }, {}, Rejection.NO_PLACE],
    [{ model: { storage: { path: '' } } }, {}, undefined],
    [{ model: { storageUri: 's3://b/p', storage: { key: 'k' } } }, {}, undefined],
    [{ model: PLACE, paddle: {} }, {}, undefined],
  ])('%j with annotations %j: %s', (predictor, annotations, rejection) => {
    expect(read(predictor, annotations).rejection).toBe(rejection);
  });
});

test('empty texts: a protocol and a runtime count as none, a version does not', () => {
  expect(read({ model: { modelFormat: { name: 'a', version: '' }, protocolVersion: '', runtime: '', ...PLACE } }).type).toEqual({
    format: 'a',
    version: '',
    protocolVersion: undefined,
    runtime: undefined,
  });
});

test('what a model asks for is not known when a field of it is no text', () => {
  expect(read({ model: { modelFormat: { name: 'a', version: 1 }, ...PLACE } }).type).toBeUndefined();
  expect(read({ model: { modelFormat: { name: 'a', version: null }, ...PLACE } }).type).toEqual({ format: 'a' });
});

test('only the exact deployment mode is that of ModelMesh', () => {
  const set = setOf(
    ['ModelMesh', 'modelmesh', 'ModelMesh ', 'Serverless', '']
      .map(
        (mode, index) => `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: m-${index}, annotations: { serving.kserve.io/deploymentMode: '${mode}' } }
`,
      )
      .join('---'),
  );
  expect(inferenceServicesOf(set).map(({ name }) => name)).toEqual(['m-0']);
});
