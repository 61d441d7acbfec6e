import { findingsIn } from '../../support/checks';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { MODE, service } from './manifests';

// Refusals of the form; the scheme and the path of a place are other rules.
const RULES = CATALOGUE.filter(({ code }) => /^MM20[4-9]$/.test(code));
const findings = (yaml: string): string[] => findingsIn(yaml, '', RULES).map(({ code, field }) => `${code} ${field}`);

const MODEL = "model: { modelFormat: { name: sklearn }, storageUri: 's3://b/p' }";

test.each([
  [MODEL, []],
  ["sklearn: { storageUri: 's3://b/p' }", []],
  ["model: { modelFormat: { name: sklearn }, storage: { path: '' } }", []],
  [`${MODEL}, sklearn: {}`, ['MM204 spec.predictor.sklearn']],
  [`${MODEL}, triton: {}, xgboost: {}`, ['MM204 spec.predictor.xgboost']],
  [`${MODEL}, paddle: {}`, ['MM207 spec.predictor.paddle']],
  [`${MODEL}, sklearn: null`, []],
  ["sklearn: { storageUri: 's3://b/p' }, onnx: {}, huggingface: {}", ['MM207 spec.predictor.onnx', 'MM207 spec.predictor.huggingface']],
  ['containers: [{ name: server }]', ['MM206 spec.predictor.model']],
  ['', ['MM206 spec.predictor.model']],
  ["huggingface: { storageUri: 's3://b/p' }", ['MM206 spec.predictor.model']],
  ["model: { storageUri: 's3://b/p', storage: { path: p } }", ['MM208 spec.predictor.model.storageUri']],
  ["onnx: { storageUri: 's3://b/p', storage: { path: p } }", ['MM208 spec.predictor.onnx.storageUri']],
  ['model: { storage: { key: k, parameters: { bucket: b } } }', ['MM209 spec.predictor.model.storage.path']],
  ['onnx: {}', ['MM209 spec.predictor.onnx.storage.path']],
])('%s', (predictor, expected) => {
  expect(findings(service(predictor))).toEqual(expected);
});

test('the annotation for the runtime, beside model and beside a framework', () => {
  const annotations = `${MODE}, serving.kserve.io/servingRuntime: rt`;
  expect(findings(service(MODEL, { annotations }))).toEqual(["MM205 metadata.annotations['serving.kserve.io/servingRuntime']"]);
  expect(findings(service("sklearn: { storageUri: 's3://b/p' }", { annotations }))).toEqual([]);
});

test('an InferenceService of another mode is not looked at', () => {
  expect(findings(service('containers: []', { annotations: 'serving.kserve.io/deploymentMode: RawDeployment' }))).toEqual([]);
});

test('manifests of any shape are read without an error', () => {
  const odd = ['spec: 7', 'spec: { predictor: [] }', 'spec: { predictor: { model: text, sklearn: 4 } }', 'spec: null', 'metadata: []'];
  for (const line of odd) {
    const yaml = `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: m, annotations: { ${MODE} } }\n`;
    const manifest = line.startsWith('metadata')
      ? `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n${line}\n`
      : `${yaml}${line}\n`;
    expect(() => findingsIn(manifest)).not.toThrow();
  }
});
