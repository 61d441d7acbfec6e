import { modelStoragesOf, resolveStorage } from '../../../lib/modelmesh/storage/resolution';
import { setOf } from '../../support/checks';

const model = (fields: string, { form = 'model', annotations = '', mode = 'ModelMesh' } = {}) => `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: m, namespace: ns, annotations: { serving.kserve.io/deploymentMode: ${mode}${annotations} } }
spec: { predictor: { ${form}: { ${fields} } } }
`;
const secret = (entries: string) =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: storage-config, namespace: ns }\nstringData: { ${entries} }\n`;

function resolved(yaml: string) {
  const set = setOf(yaml);
  return resolveStorage(set, modelStoragesOf(set)[0]!);
}

test('only InferenceServices in ModelMesh mode have a storage here', () => {
  expect(modelStoragesOf(setOf(model('storageUri: s3://b/p', { mode: 'Serverless' })))).toEqual([]);
  expect(modelStoragesOf(setOf(model('storageUri: s3://b/p', { form: 'paddle' })))).toEqual([]);
  expect(modelStoragesOf(setOf(model('storageUri: s3://b/p', { form: 'sklearn' })))[0]).toMatchObject({
    spec: ['spec', 'predictor', 'sklearn'],
    path: 'p',
  });
});

test('the URI overwrites the parameters', () => {
  const [storage] = modelStoragesOf(setOf(model('storageUri: s3://b/p, storage: { parameters: { bucket: other, region: r, n: 1 } }')));
  expect(storage!.parameters).toEqual({ type: 's3', bucket: 'b', region: 'r' });
});

test('the key is that of the storage, or of the old annotation', () => {
  const annotations = ', serving.kserve.io/secretKey: old';
  const keyOf = (fields: string) => modelStoragesOf(setOf(model(fields, { annotations })))[0]!.key;
  expect(keyOf('storage: { key: new, path: p }')).toEqual({ name: 'new', path: ['spec', 'predictor', 'model', 'storage', 'key'] });
  expect(keyOf('storage: { path: p }')).toEqual({ name: 'old', path: ['metadata', 'annotations', 'serving.kserve.io/secretKey'] });
});

test('with a URI and a path there is no path, as the controller refuses the model', () => {
  expect(modelStoragesOf(setOf(model('storageUri: s3://b/p, storage: { path: q }')))[0]!.path).toBeUndefined();
});

const ENTRIES = secret(`default: '{"type":"gcs","bucket":"d"}', default_s3: '{"region":"r"}', a: '{"type":"s3","default_bucket":"old"}'`);

test.each([
  ['storage: { path: p }', 'default', 'gcs', { type: 'gcs', bucket: 'd' }],
  ['storageUri: s3://b/p', 'default_s3', 's3', { type: 's3', bucket: 'b', region: 'r' }],
  ['storage: { key: a, path: p }', 'a', 's3', { type: 's3', bucket: 'old', default_bucket: 'old' }],
  ['storage: { key: a, path: p, parameters: { type: http } }', 'a', 'http', { type: 'http', bucket: 'old', default_bucket: 'old' }],
  ['storageUri: gs://b/p', undefined, 'gcs', { type: 'gcs', bucket: 'b' }],
  ['storage: { key: none, path: p }', undefined, undefined, {}],
])('%s uses the entry %s', (fields, key, type, parameters) => {
  expect(resolved(model(fields) + ENTRIES)).toMatchObject({ isKnown: true, type, parameters });
  expect(resolved(model(fields) + ENTRIES).entry?.key).toBe(key);
});

test('without the Secret, or with an entry that another tool fills in, not everything is known', () => {
  expect(resolved(model('storage: { key: a, path: p }')).isKnown).toBe(false);
  expect(resolved(model('storage: { key: a, path: p }') + secret("a: '${A}'")).isKnown).toBe(false);
  expect(resolved(model('storage: { key: a, path: p }') + secret("b: '${A}'")).isKnown).toBe(true);
});
