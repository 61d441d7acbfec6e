import { CATALOGUE } from '../../../lib/checks/catalogue';
import { findingsIn } from '../../support/checks';
import { MODE, model, service } from './manifests';

const RULES = CATALOGUE.filter(({ code }) => /^MM2(2[6-9]|3[0-5])$/.test(code));
const found = (yaml: string): string[] => findingsIn(yaml, '', RULES).map(({ code, field }) => `${code} ${field}`);
const MODEL = "model: { modelFormat: { name: sklearn }, storageUri: 's3://b/p' }";

test.each([
  ['minReplicas: 0, scaleTarget: 5, scaleMetric: concurrency', ['MM226 minReplicas', 'MM226 scaleTarget', 'MM226 scaleMetric']],
  ['canaryTrafficPercent: 10', ['MM227 canaryTrafficPercent']],
  ['containerConcurrency: 0', ['MM228 containerConcurrency']],
  ['timeout: 3, batcher: { maxBatchSize: 8 }, logger: { mode: all }', ['MM229 timeout', 'MM229 batcher', 'MM229 logger']],
  [
    'tolerations: [{ key: gpu }], containers: [{ name: c }], volumes: [{ name: v }]',
    ['MM230 tolerations', 'MM230 containers', 'MM230 volumes'],
  ],
  ['serviceAccountName: sa', ['MM231 serviceAccountName']],
  [
    "annotations: { autoscaling.knative.dev/target: '1', any: x }",
    ["MM232 annotations['autoscaling.knative.dev/target']", 'MM233 annotations.any'],
  ],
  ['labels: { app: x }', ['MM233 labels.app']],
  ['minReplicas: null', []],
])('%s', (fields, expected) => {
  expect(found(service(`${MODEL}, ${fields}`))).toEqual(expected.map((entry) => entry.replace(' ', ' spec.predictor.')));
});

test('fields of the container of the model', () => {
  expect(found(model('{ name: sklearn }', ', image: i, env: [{ name: A }], runtimeVersion: x'))).toEqual(
    ['image', 'env', 'runtimeVersion'].map((field) => `MM230 spec.predictor.model.${field}`),
  );
  expect(found(service("sklearn: { storageUri: 's3://b/p', image: i }"))).toEqual(['MM230 spec.predictor.sklearn.image']);
});

test('annotations and labels that mean pods, and others that do not', () => {
  const annotations = `${MODE}, serving.kserve.io/min-scale: '1', proxy.istio.io/config: x, prometheus.io/scrape: 'true', argocd.argoproj.io/sync-wave: '3', serving.kserve.io/secretKey: k, example.com/istio.io: x`;
  expect(found(service(MODEL, { annotations }))).toEqual([
    "MM232 metadata.annotations['serving.kserve.io/min-scale']",
    "MM233 metadata.annotations['proxy.istio.io/config']",
    "MM233 metadata.annotations['prometheus.io/scrape']",
  ]);
});

test('fields that hold nothing, as the API server hands them out, are not there', () => {
  expect(
    found(service(`model: { name: '', resources: {}, env: [], modelFormat: { name: sklearn }, storageUri: 's3://b/p' }, labels: {}`)),
  ).toEqual([]);
});

test('beside the predictor', () => {
  expect(found(service(MODEL, { spec: ', transformer: { containers: [] }, explainer: {}' }))).toEqual(['MM234 spec.transformer']);
  expect(found(service(MODEL, { spec: ', explainer: {}' }))).toEqual(['MM235 spec.explainer']);
});

test('nothing is said of what ModelMesh reads, nor of other modes', () => {
  const all =
    "model: { modelFormat: { name: sklearn, version: '0' }, protocolVersion: v2, runtime: mlserver-1.x, storage: { key: k, path: p, schemaPath: s, parameters: { bucket: b } } }";
  expect(found(service(all))).toEqual([]);
  expect(found(service(`${MODEL}, minReplicas: 2`, { annotations: 'serving.kserve.io/deploymentMode: RawDeployment' }))).toEqual([]);
});

test('of an InferenceService without a model only that is said', () => {
  expect(found(service('containers: [{ name: c }], minReplicas: 2'))).toEqual([]);
});
