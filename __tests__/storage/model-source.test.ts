import { ModelMesh } from '../../lib/mesh/model-mesh';
import {
  ModelSource,
  type AzureSourceProps,
  type GcsSourceProps,
  type HttpSourceProps,
  type S3SourceProps,
  type StorageEntrySourceProps,
} from '../../lib/storage/model-source';
import { ModelVolume } from '../../lib/storage/model-volume';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestOf, problemsOf } from '../support/synth';
import { NOT_STRINGS } from '../values/arbitraries';

const PATH_REMEDY =
  "use a relative path such as 'mnist' or 'mnist/v2/model.joblib', without '..', '.', empty parts or surrounding white space";
const WORD_REMEDY = "use at least one character, and no white space or '/'";
const KEY_REMEDY = "it is a key of a Secret, 1 to 253 letters, digits, '-', '_' and '.'";
const CREDENTIAL_REMEDY =
  "which must not be in a manifest: keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'";

/** What a source puts into an InferenceService, besides the format. */
function specOf(source: ModelSource): unknown {
  const chart = makeChart();
  new ModelMesh(chart, 'mesh').addModel('mnist', { format: ModelFormat.ONNX, source });
  expect(problemsOf(chart)).toEqual([]);
  const { modelFormat, ...storage } = manifestOf(chart, 'InferenceService').spec.predictor.model;
  expect(modelFormat).toEqual({ name: 'onnx' });
  return storage;
}

const COMMON = { storageKey: 'my-store', schemaPath: 'mnist/_schema.json' };

describe('every option reaches the manifest', () => {
  test('s3', () => {
    const props: Required<S3SourceProps> = {
      ...COMMON,
      bucket: 'models',
      path: 'mnist/v1',
      endpointUrl: 'https://s3.example.com:9000',
      region: 'eu-west-1',
    };
    expect(specOf(ModelSource.s3(props))).toEqual({
      storage: {
        key: 'my-store',
        path: 'mnist/v1',
        schemaPath: 'mnist/_schema.json',
        parameters: { type: 's3', bucket: 'models', endpoint_url: 'https://s3.example.com:9000', region: 'eu-west-1' },
      },
    });
  });

  test('gcs', () => {
    const props: Required<GcsSourceProps> = { ...COMMON, bucket: 'models', path: 'mnist' };
    expect(specOf(ModelSource.gcs(props))).toEqual({
      storage: { key: 'my-store', path: 'mnist', schemaPath: 'mnist/_schema.json', parameters: { type: 'gcs', bucket: 'models' } },
    });
  });

  test('azure', () => {
    const props: Required<AzureSourceProps> = { ...COMMON, accountName: 'account', container: 'models', path: 'mnist' };
    expect(specOf(ModelSource.azure(props))).toEqual({
      storage: {
        key: 'my-store',
        path: 'mnist',
        schemaPath: 'mnist/_schema.json',
        parameters: { type: 'azure', account_name: 'account', container: 'models' },
      },
    });
  });

  test('http', () => {
    const props: Required<HttpSourceProps> = { ...COMMON, url: 'https://models.example.com', path: 'mnist/model.onnx' };
    expect(specOf(ModelSource.http(props))).toEqual({
      storage: {
        key: 'my-store',
        path: 'mnist/model.onnx',
        schemaPath: 'mnist/_schema.json',
        parameters: { type: 'http', url: 'https://models.example.com' },
      },
    });
  });

  test('storageEntry', () => {
    const props: Required<StorageEntrySourceProps> = { ...COMMON, path: 'mnist', parameters: { bucket: 'other', 'nested.name': 'x' } };
    expect(specOf(ModelSource.storageEntry(props))).toEqual({
      storage: { key: 'my-store', path: 'mnist', schemaPath: 'mnist/_schema.json', parameters: { bucket: 'other', 'nested.name': 'x' } },
    });
  });

  test('uri', () => {
    expect(specOf(ModelSource.uri('s3://models/mnist', COMMON))).toEqual({
      storageUri: 's3://models/mnist',
      storage: { key: 'my-store', schemaPath: 'mnist/_schema.json' },
    });
  });

  test('a path of a volume', () => {
    const chart = makeChart();
    const volume = ModelVolume.fromClaimName(chart, 'volume', 'my-models-pvc');
    new ModelMesh(chart, 'mesh').addModel('mnist', { format: ModelFormat.ONNX, source: volume.at('mnist/v1', COMMON) });
    expect(manifestOf(chart, 'InferenceService').spec.predictor.model.storage).toEqual({
      key: 'my-store',
      path: 'mnist/v1',
      schemaPath: 'mnist/_schema.json',
      parameters: { type: 'pvc', name: 'my-models-pvc' },
    });
  });
});

describe('options that are left out leave no trace', () => {
  test.each([
    ['s3', ModelSource.s3({ path: 'mnist' }), { storage: { path: 'mnist', parameters: { type: 's3' } } }],
    ['gcs', ModelSource.gcs({ bucket: 'b', path: 'mnist' }), { storage: { path: 'mnist', parameters: { type: 'gcs', bucket: 'b' } } }],
    [
      'azure',
      ModelSource.azure({ accountName: 'a', container: 'c', path: 'mnist' }),
      { storage: { path: 'mnist', parameters: { type: 'azure', account_name: 'a', container: 'c' } } },
    ],
    ['http', ModelSource.http({ url: 'http://h', path: 'm' }), { storage: { path: 'm', parameters: { type: 'http', url: 'http://h' } } }],
    ['storageEntry', ModelSource.storageEntry({ storageKey: 'k', path: 'mnist' }), { storage: { key: 'k', path: 'mnist' } }],
    ['uri', ModelSource.uri('gs://b/mnist'), { storageUri: 'gs://b/mnist' }],
    ['uri with a schema alone', ModelSource.uri('gs://b/m', { schemaPath: 's' }), { storageUri: 'gs://b/m', storage: { schemaPath: 's' } }],
  ])('%s', (_, source, expected) => {
    expect(specOf(source)).toEqual(expected);
  });
});

describe('errors', () => {
  test.each([
    ['s3', () => ModelSource.s3({ path: '' }), `model source of type 's3': path is empty: ${PATH_REMEDY}`],
    ['s3', () => ModelSource.s3({ path: 'a', bucket: 'a/b' }), `model source of type 's3': bucket 'a/b' is not valid: ${WORD_REMEDY}`],
    ['s3', () => ModelSource.s3({ path: 'a', region: '' }), `model source of type 's3': region '' is not valid: ${WORD_REMEDY}`],
    [
      's3',
      () => ModelSource.s3({ path: 'a', endpointUrl: 's3.example.com' }),
      "model source of type 's3': endpoint URL 's3.example.com' is not valid: write it as 'http://HOST' or 'https://HOST'",
    ],
    ['gcs', () => ModelSource.gcs({ bucket: '', path: 'a' }), `model source of type 'gcs': bucket '' is not valid: ${WORD_REMEDY}`],
    ['gcs', () => ModelSource.gcs({ bucket: 'b', path: '/a' }), `model source of type 'gcs': path '/a' is not valid: ${PATH_REMEDY}`],
    [
      'azure',
      () => ModelSource.azure({ accountName: 'a b', container: 'c\n', path: '..' }),
      "model source of type 'azure' has 3 problems:\n" +
        `  - account name 'a b' is not valid: ${WORD_REMEDY}\n` +
        `  - container 'c\\n' is not valid: ${WORD_REMEDY}\n` +
        `  - path '..' is not valid: ${PATH_REMEDY}`,
    ],
    [
      'http',
      () => ModelSource.http({ url: 'example.com', path: 'a' }),
      "model source of type 'http': URL 'example.com' is not valid: write it as 'http://HOST' or 'https://HOST'",
    ],
    [
      'uri',
      () => ModelSource.uri('hf://a/b', { storageKey: 'a b', schemaPath: '../s' }),
      'model source has 3 problems:\n' +
        "  - storage URI 'hf://a/b' has the scheme 'hf', which ModelMesh does not read: use 'pvc://CLAIM/PATH', 's3://BUCKET/PATH', 'gs://BUCKET/PATH', " +
        "'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH' or 'http(s)://HOST/PATH'\n" +
        `  - storage key 'a b' is not valid: ${KEY_REMEDY}\n` +
        `  - schema path '../s' is not valid: ${PATH_REMEDY}`,
    ],
    [
      'storageEntry',
      () =>
        ModelSource.storageEntry({ storageKey: '', path: 'a/', schemaPath: '', parameters: { token: 'x', count: 3 as unknown as string } }),
      'model source has 5 problems:\n' +
        `  - storage key '' is not valid: ${KEY_REMEDY}\n` +
        `  - path 'a/' is not valid: ${PATH_REMEDY}\n` +
        `  - schema path is empty: ${PATH_REMEDY}\n` +
        "  - storage parameter 'count' is not a string: put its value in quotes\n" +
        `  - storage parameter 'token' is a credential, ${CREDENTIAL_REMEDY}`,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test.each(['a/b', 'a:b', 'ä', 'a\n', 'a'.repeat(254)])('storage key %j', (storageKey) => {
    const shown = storageKey.length > 120 ? `${'a'.repeat(117)}...` : storageKey.replace('\n', '\\n');
    expect(() => ModelSource.s3({ path: 'a', storageKey })).toThrow(
      new Error(`model source of type 's3': storage key '${shown}' is not valid: ${KEY_REMEDY}`),
    );
  });

  test.each(NOT_STRINGS)('%s in place of a string', (quoted, value) => {
    const isMissing = value === undefined;
    expect(() => ModelSource.gcs({ bucket: value, path: 'a' })).toThrow(
      new Error(`model source of type 'gcs': bucket '${quoted}' is not valid: ${WORD_REMEDY}`),
    );
    expect(() => ModelSource.gcs({ bucket: 'b', path: value })).toThrow(
      new Error(`model source of type 'gcs': path ${isMissing ? 'is empty' : `'${quoted}' is not valid`}: ${PATH_REMEDY}`),
    );
    expect(() => ModelSource.storageEntry({ storageKey: value, path: 'a' })).toThrow(
      new Error(`model source: storage key '${quoted}' is not valid: ${KEY_REMEDY}`),
    );
    expect(() => ModelSource.storageEntry({ storageKey: 'k', path: 'a', parameters: { bucket: value } })).toThrow(
      new Error("model source: storage parameter 'bucket' is not a string: put its value in quotes"),
    );
  });
});

describe('credentials', () => {
  test.each([
    ['uri', () => ModelSource.uri('s3://user:hunter2@bucket/a'), 'model source: storage URI holds a user name or password'],
    [
      'uri',
      () => ModelSource.uri('https://h/a?X-Amz-Signature=hunter2'),
      "model source: storage URI holds the credential 'X-Amz-Signature' in its query",
    ],
    [
      'http',
      () => ModelSource.http({ url: 'https://user:hunter2@h', path: 'a' }),
      "model source of type 'http': URL holds a user name or password",
    ],
    [
      'http',
      () => ModelSource.http({ url: 'https://h?sig=hunter2', path: 'a' }),
      "model source of type 'http': URL holds the credential 'sig' in its query",
    ],
    [
      's3',
      () => ModelSource.s3({ endpointUrl: 'https://user:hunter2@h', path: 'a' }),
      "model source of type 's3': endpoint URL holds a user name or password",
    ],
    [
      'storageEntry',
      () => ModelSource.storageEntry({ storageKey: 'k', path: 'a', parameters: { secret_access_key: 'hunter2' } }),
      "model source: storage parameter 'secret_access_key' is a credential",
    ],
    [
      'storageEntry',
      () => ModelSource.storageEntry({ storageKey: 'k', path: 'a', parameters: { url: 'https://user:hunter2@h' } }),
      "model source: storage parameter 'url' holds a user name or password",
    ],
  ])('%s refuses them and does not repeat them', (_, make, message) => {
    expect(make).toThrow(new Error(`${message}, ${CREDENTIAL_REMEDY}`));
  });
});

test('what the caller does to its parameters afterwards changes nothing', () => {
  const parameters: { [name: string]: string } = { bucket: 'a' };
  const source = ModelSource.storageEntry({ storageKey: 'k', path: 'mnist', parameters });
  parameters['bucket'] = 'b';
  parameters['password'] = 'hunter2';
  expect(specOf(source)).toEqual({ storage: { key: 'k', path: 'mnist', parameters: { bucket: 'a' } } });
});
