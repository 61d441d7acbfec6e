import { MM312 } from '../../../lib/checks/storage/mm312-s3-entry-incomplete';
import { MM313 } from '../../../lib/checks/storage/mm313-s3-model-without-entry';
import { MM314 } from '../../../lib/checks/storage/mm314-gcs-credentials-half';
import { MM315 } from '../../../lib/checks/storage/mm315-azure-without-container';
import { MM316 } from '../../../lib/checks/storage/mm316-azure-principal-half';
import { MM317 } from '../../../lib/checks/storage/mm317-http-without-url';
import { MM318 } from '../../../lib/checks/storage/mm318-http-client-key-half';
import { MM319 } from '../../../lib/checks/storage/mm319-bucket-missing';
import { MM321 } from '../../../lib/checks/storage/mm321-storage-type-missing';
import { MM322 } from '../../../lib/checks/storage/mm322-storage-key-unknown';
import { MM341 } from '../../../lib/checks/storage/mm341-credentials-in-model';
import { MM343 } from '../../../lib/checks/storage/mm343-parameter-overwritten';
import { findingsIn, messagesOf } from '../../support/checks';
import { model, NAMESPACE, S3, secret, secretOf } from './fixtures';

describe('MM312: an S3 entry lacks something', () => {
  const lacks = (fields: string, remedy: string) =>
    `storage entry 'a' of type s3 has no ${fields}: loading from it fails, since ModelMesh knows neither anonymous access nor roles; ${remedy}`;

  test.each([
    [{ type: 's3' }, "'access_key_id', 'secret_access_key', 'endpoint_url', 'region'", 'add them'],
    [{ ...S3, access_key_id: undefined, access_key: 'x' }, "'access_key_id'", "add it (ModelMesh does not read 'access_key')"],
    [
      { ...S3, secret_access_key: undefined, AWS_SECRET_ACCESS_KEY: 'x' },
      "'secret_access_key'",
      "add it (ModelMesh does not read 'AWS_SECRET_ACCESS_KEY')",
    ],
    [{ ...S3, endpoint_url: undefined, endpoint: 'x' }, "'endpoint_url'", "add it (ModelMesh does not read 'endpoint')"],
    [{ ...S3, region: null }, "'region'", 'add it'],
  ])('used by a model: %j', (entry, fields, remedy) => {
    const users = model('storageUri: s3://b/p, storage: { key: a }') + model('storage: { key: a, path: p }', 'n');
    expect(messagesOf(MM312, secretOf({ a: entry }) + users)).toEqual([lacks(fields, remedy)]);
  });

  test('what every model adds does not lack', () => {
    const entry = { ...S3, region: undefined };
    const adds = model('storage: { key: a, path: p, parameters: { region: r } }');
    expect(messagesOf(MM312, secretOf({ a: entry }) + adds)).toEqual([]);
    expect(messagesOf(MM312, secretOf({ a: entry }) + adds + model('storage: { key: a, path: p }', 'n'))).toHaveLength(1);
  });

  test('of an entry that no model is seen to use, only the credentials must be there', () => {
    expect(messagesOf(MM312, NAMESPACE + secretOf({ a: { type: 's3' } }))).toEqual([
      lacks("'access_key_id', 'secret_access_key'", 'add them'),
    ]);
    expect(messagesOf(MM312, NAMESPACE + secretOf({ a: { type: 's3', access_key_id: '', secret_access_key: '' } }))).toEqual([]);
  });

  test('entries of other types, and those that others fill in, are left alone', () => {
    expect(
      messagesOf(MM312, NAMESPACE + secretOf({ a: { type: 'gcs' }, b: { bucket: 'x' } }) + secret("stringData: { c: '${C}' }")),
    ).toEqual([]);
  });

  test("an entry 'default_s3' is one of S3 even without a type", () => {
    expect(messagesOf(MM312, NAMESPACE + secretOf({ default_s3: { region: 'r' } }))).toHaveLength(1);
  });
});

describe('MM313: an S3 model without an entry', () => {
  test('the entry default_s3 is looked for', () => {
    expect(messagesOf(MM313, secretOf({ a: S3 }) + model('storageUri: s3://b/p'))).toEqual([
      "storage.key is missing, and the storage Secret has no entry 'default_s3': without credentials loading from S3 fails; name the entry of the store with storage.key, or add it as 'default_s3'",
    ]);
    expect(messagesOf(MM313, secretOf({ default_s3: S3 }) + model('storageUri: s3://b/p'))).toEqual([]);
  });

  test.each([
    ['the Secret is not known', model('storageUri: s3://b/p')],
    ['the store is another', secretOf({}) + model('storageUri: gs://b/p')],
    ['an old annotation names the entry', secretOf({ a: S3 }) + model('storageUri: s3://b/p', 'm', ', serving.kserve.io/secretKey: a')],
    ['another tool fills the entry in', secret("stringData: { default_s3: '${C}' }") + model('storageUri: s3://b/p')],
  ])('nothing is said when %s', (_, yaml) => {
    expect(messagesOf(MM313, yaml)).toEqual([]);
  });
});

test('MM314: half of the credentials of Google Cloud Storage', () => {
  const half = (missing: string, other: string) =>
    `storage entry 'a' of type gcs has no '${missing}' beside '${other}': loading from it fails; add it, or leave out both for public buckets`;
  expect(messagesOf(MM314, NAMESPACE + secretOf({ a: { type: 'gcs', private_key: 'k' } }))).toEqual([half('client_email', 'private_key')]);
  expect(messagesOf(MM314, NAMESPACE + secretOf({ a: { type: 'gcs', client_email: 'e', private_key: '' } }))).toEqual([
    half('private_key', 'client_email'),
  ]);
  const fine = { a: { type: 'gcs' }, b: { type: 'gcs', private_key: 'k', client_email: 'e' }, c: { type: 's3', private_key: 'k' } };
  expect(messagesOf(MM314, NAMESPACE + secretOf(fine))).toEqual([]);
});

describe('Azure', () => {
  test.each([
    ['storageUri: https://a.blob.core.windows.net/', 'container'],
    ['storageUri: https://.blob.core.windows.net/c/p', 'account'],
  ])('MM315: %s names no %s', (fields, what) => {
    const uri = fields.slice('storageUri: '.length);
    expect(messagesOf(MM315, model(fields))).toEqual([
      `storageUri '${uri}' names no ${what}: loading fails; write it as 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH'`,
    ]);
  });

  test('MM315: the entry and the parameters together', () => {
    const path = 'storage: { key: a, path: p }';
    expect(messagesOf(MM315, secretOf({ a: { type: 'azure', connection_string: 'c' } }) + model(path))).toEqual([
      "storage of type azure says no 'account_name' and no 'container': loading fails; add them to the storage entry or to storage.parameters",
    ]);
    expect(messagesOf(MM315, secretOf({ a: { type: 'azure', account_name: 'a', container: 'c' } }) + model(path))).toEqual([]);
    expect(messagesOf(MM315, model('storage: { key: a, path: p, parameters: { type: azure } }'))).toEqual([]);
  });

  test('MM316: a part of a service principal', () => {
    const entry = { type: 'azure', client_id: 'i', tenant_id: '' };
    expect(messagesOf(MM316, NAMESPACE + secretOf({ a: entry }))).toEqual([
      "storage entry 'a' of type azure has no 'client_secret', 'tenant_id': ModelMesh ignores the other credentials and asks for the blobs anonymously; add them, or use 'connection_string'",
    ]);
    const fine = {
      a: { ...entry, connection_string: 'c' },
      b: { type: 'azure' },
      c: { type: 'azure', client_id: 'i', client_secret: 's', tenant_id: 't' },
    };
    expect(messagesOf(MM316, NAMESPACE + secretOf(fine))).toEqual([]);
  });
});

describe('web servers', () => {
  test.each(['https:///p', 'http://', 'https:host/p', 'https:///p?v=1'])('MM317: %s names no host', (uri) => {
    expect(messagesOf(MM317, model(`storageUri: '${uri}'`))).toEqual([
      `storageUri '${uri.replace('?v=1', '?***')}' names no host: loading fails; write it as 'https://HOST/PATH'`,
    ]);
  });

  test('MM317: no url anywhere', () => {
    const noUrl = `storage of type http says no 'url': loading fails; add it to the storage entry or to storage.parameters, e.g. "https://models.example.com"`;
    expect(messagesOf(MM317, secretOf({}) + model('storage: { path: p, parameters: { type: http } }'))).toEqual([noUrl]);
    expect(
      messagesOf(MM317, secretOf({ default_http: { url: 'https://h' } }) + model('storage: { path: p, parameters: { type: http } }')),
    ).toEqual([]);
    expect(messagesOf(MM317, model('storage: { path: p, parameters: { type: http } }'))).toEqual([]);
  });

  test('MM318: a client key without its certificate', () => {
    const yaml =
      NAMESPACE + secretOf({ a: { type: 'http', client_key: 'k' }, b: { type: 'http', client_key: 'k', client_certificate: 'c' } });
    expect(messagesOf(MM318, yaml)).toEqual([
      "storage entry 'a' of type http has no 'client_certificate' beside 'client_key': loading from it fails; add it, or leave out both",
    ]);
  });
});

test('MM319: no bucket, unless the entry has it or is not known', () => {
  const says = (type: string) =>
    `storage of type ${type} says no bucket: loading fails; add 'bucket' to storage.parameters or to the storage entry`;
  const path = (key: string, rest = '') => model(`storage: { key: ${key}, path: p${rest} }`, key);
  const entries = secretOf({ s: S3, g: { type: 'gcs' }, old: { ...S3, default_bucket: 'b' }, empty: { type: 'gcs', bucket: '' } });
  expect(messagesOf(MM319, entries + path('s') + path('g') + path('empty'))).toEqual([says('s3'), says('gcs'), says('gcs')]);
  expect(messagesOf(MM319, entries + path('old') + path('none') + path('g', ', parameters: { bucket: b }'))).toEqual([]);
  expect(messagesOf(MM319, path('s', ', parameters: { type: s3 }'))).toEqual([]);
});

describe('which entry', () => {
  test('MM321: nothing names the store', () => {
    expect(messagesOf(MM321, secretOf({ a: S3 }) + model('storage: { path: p }'))).toEqual([
      "nothing says in which store storage.path is: no storage.key, no type in storage.parameters and no entry 'default' in the storage Secret, so loading fails; name an entry with storage.key",
    ]);
    expect(messagesOf(MM321, secretOf({ a: { bucket: 'b' } }) + model('storage: { key: a, path: p }'))).toEqual([
      'storage entry \'a\' has no "type", and neither has storage.parameters: loading fails; add it to the entry, e.g. "type": "s3"',
    ]);
  });

  test.each([
    ['there is an entry default', secretOf({ default: S3 }) + model('storage: { path: p }')],
    ['the Secret is not known', model('storage: { path: p }')],
    ['the model says the type', secretOf({ a: {} }) + model('storage: { key: a, path: p, parameters: { type: s3 } }')],
    ['the key is wrong', secretOf({}) + model('storage: { key: a, path: p }')],
  ])('MM321: nothing is said when %s', (_, yaml) => {
    expect(messagesOf(MM321, yaml)).toEqual([]);
  });

  test('MM322: the key is no entry', () => {
    const no = (key: string, has: string) =>
      `storage key '${key}' is no entry of Secret 'storage-config', which has ${has}: loading fails; ${has === 'no entries' ? 'add it' : 'name one of them, or add it'}`;
    expect(messagesOf(MM322, secretOf({ a: S3, b: S3 }) + model('storage: { key: c, path: p }'))).toEqual([no('c', "only 'a', 'b'")]);
    expect(messagesOf(MM322, secretOf({}) + model("storage: { key: '', path: p }"))).toEqual([no('', 'no entries')]);
    expect(messagesOf(MM322, secretOf({ none: null }) + model('storage: { key: none, path: p }'))).toEqual([no('none', 'no entries')]);
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, S3]));
    expect(messagesOf(MM322, secretOf(many) + model('storage: { key: z, path: p }'))).toEqual([
      no('z', "only 'a', 'b', 'c', 'd', 'e' and others"),
    ]);
  });

  test('MM322: the old annotation is the place when it names the key', () => {
    const yaml = secretOf({ a: S3 }) + model('storage: { path: p }', 'm', ', serving.kserve.io/secretKey: z');
    expect(findingsIn(yaml, '', [MM322])).toMatchObject([{ field: "metadata.annotations['serving.kserve.io/secretKey']" }]);
  });

  test('MM322: nothing is said of a Secret that is not known', () => {
    expect(messagesOf(MM322, model('storage: { key: c, path: p }'))).toEqual([]);
    expect(messagesOf(MM322, model('storage: { key: c, path: p }'), '--existing Secret/ns/storage-config')).toEqual([]);
  });
});

describe('MM341: credentials in a model', () => {
  const remedy =
    'everybody who may read InferenceServices reads it too; keep it in an entry of the storage Secret and name that with storage.key';

  test.each(['s3://id:word@b/p', 'https://a.blob.core.windows.net/c/p?sv=1&sig=word', 'https://user:word@host/p'])('%s', (uri) => {
    expect(messagesOf(MM341, model(`storageUri: '${uri}'`))).toEqual([`storageUri holds a password or a signature: ${remedy}`]);
  });

  test('storage parameters', () => {
    const parameters = '{ type: s3, access_key_id: word, "headers.Authorization": word, endpoint_url: "https://u:word@h", region: r }';
    expect(messagesOf(MM341, model(`storage: { path: p, parameters: ${parameters} }`))).toEqual(
      ['access_key_id', 'headers.Authorization', 'endpoint_url'].map((name) => `storage parameter '${name}' holds a credential: ${remedy}`),
    );
  });

  test('the container of an Azure URI is none', () => {
    expect(messagesOf(MM341, model('storageUri: abfss://team@models.dfs.core.windows.net/p'))).toEqual([]);
  });

  test('no rule repeats the credential', () => {
    const uris = ['s3://id:word@/p', 'ftp://id:word@h/p', 's3://id:word@b c/p', 'id:word@h/p', 'https://id:word@/p?sig=word'];
    const texts = uris
      .flatMap((uri, index) => findingsIn(secretOf({}) + model(`storageUri: '${uri}'`, `m${index}`)))
      .map(({ message }) => message);
    expect(texts.length).toBeGreaterThan(uris.length);
    expect(texts.filter((text) => text.includes('word@') || text.includes('=word'))).toEqual([]);
  });
});

test('MM343: a parameter that the URI overwrites with something else', () => {
  const yaml = model('storageUri: s3://b/p, storage: { parameters: { bucket: c, type: s3, region: r } }');
  expect(findingsIn(yaml, '', [MM343])).toMatchObject([
    {
      field: 'spec.predictor.model.storage.parameters.bucket',
      message: "storage parameter 'bucket' is ignored: storageUri says it too, and what it says counts; remove one of the two",
    },
  ]);
});
