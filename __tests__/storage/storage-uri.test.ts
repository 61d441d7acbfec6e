import fc from 'fast-check';
import { storageUriProblems } from '../../lib/storage/storage-uri';
import { NOT_STRINGS } from '../values/arbitraries';

const FORMS =
  "'pvc://CLAIM/PATH', 's3://BUCKET/PATH', 'gs://BUCKET/PATH', 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH' or 'http(s)://HOST/PATH'";
const PATH_REMEDY =
  "use a relative path such as 'mnist' or 'mnist/v2/model.joblib', without '..', '.', empty parts or surrounding white space";
const CREDENTIAL_REMEDY =
  "which must not be in a manifest: keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'";

test.each([
  'pvc://my-models-pvc/mnist',
  'pvc://my-models-pvc/mnist/v2/model.joblib',
  's3://my_Bucket.example.com/a b/c@1',
  'gs://bucket/a%20b',
  'https://account.blob.core.windows.net/container/path',
  'http://account.blob.core.windows.net/container/a/b',
  'https://example.com:8443/a/b?versionId=1',
  'http://[::1]/a',
])('accepts %s', (uri) => {
  expect(storageUriProblems(uri)).toEqual([]);
});

test.each(['', 'mnist', '/mnist', 's3:/bucket/a', 's3:bucket/a', '://a/b', '3s://a/b', 's3 ://a/b', ' s3://a/b', 's3://a/b#c'])(
  'refuses %j, which is no URI',
  (uri) => {
    expect(storageUriProblems(uri)).toEqual([`storage URI '${uri.replace('#c', '#***')}' is not valid: ModelMesh reads ${FORMS}`]);
  },
);

test.each(NOT_STRINGS)('refuses %s, which is no string', (_, value) => {
  expect(storageUriProblems(value)).toEqual([`storage URI is not a string: ModelMesh reads ${FORMS}`]);
});

test.each(['hf', 'oci', 'hdfs', 'webhdfs', 'file', 'abfs', 'S3', 'PVC', 'gcs', 'azure', 'httpss'])('refuses the scheme %s', (scheme) => {
  expect(storageUriProblems(`${scheme}://a/b`)).toEqual([
    `storage URI '${scheme}://a/b' has the scheme '${scheme}', which ModelMesh does not read: use ${FORMS}`,
  ]);
});

test.each([
  ['pvc:///a', 'claim'],
  ['s3:///a', 'bucket'],
  ['gs://', 'bucket'],
  ['http:///a', 'host'],
  ['https://', 'host'],
])('refuses %s, which has no %s', (uri, missing) => {
  expect(storageUriProblems(uri)).toEqual([`storage URI '${uri}' names no ${missing}: use ${FORMS}`]);
});

test.each([
  [
    'pvc://My_Claim/a',
    "claim of storage URI 'pvc://My_Claim/a' 'My_Claim' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
  ],
  [
    's3://bücket/a',
    "bucket of storage URI 's3://bücket/a' 'bücket' is not valid: use letters, digits, '.', '-' and '_', begin with a letter or digit",
  ],
  ['gs://-b/a', "bucket of storage URI 'gs://-b/a' '-b' is not valid: use letters, digits, '.', '-' and '_', begin with a letter or digit"],
  [
    's3://b:80/a',
    "bucket of storage URI 's3://b:80/a' 'b:80' is not valid: use letters, digits, '.', '-' and '_', begin with a letter or digit",
  ],
  ['http://a b/c', "host of storage URI 'http://a b/c' 'a b' is not valid: write it as 'HOST' or 'HOST:PORT'"],
  ['https://a:b/c', "host of storage URI 'https://a:b/c' 'a:b' is not valid: write it as 'HOST' or 'HOST:PORT'"],
])('refuses the host of %s', (uri, problem) => {
  expect(storageUriProblems(uri)).toEqual([problem]);
});

test.each(['pvc://claim', 's3://bucket/', 'http://example.com', 'https://example.com/?a=b'])('refuses %s, which has no path', (uri) => {
  expect(storageUriProblems(uri)).toEqual([`path of storage URI '${uri.replace('?a=b', '?***')}' is empty: ${PATH_REMEDY}`]);
});

test.each([
  ['/../a', '../a'],
  ['/a/..', 'a/..'],
  ['/%2e%2e/a', '../a'],
  ['/a%2f..%2fb', 'a/../b'],
  ['/a/%2E/b', 'a/./b'],
  ['//a', '/a'],
  ['/a/', 'a/'],
  ['/a%0a', 'a\\n'],
  ['/a%5cb', 'a\\b'],
])('refuses the path %s, which ModelMesh reads as %j', (path, shown) => {
  expect(storageUriProblems(`s3://bucket${path}`)).toEqual([
    `path of storage URI 's3://bucket${path}' '${shown}' is not valid: ${PATH_REMEDY}`,
  ]);
});

test.each(['/50%', '/a%zz', '/%ff'])('refuses the broken escape in %s', (path) => {
  expect(storageUriProblems(`gs://bucket${path}`)).toEqual([
    `path of storage URI 'gs://bucket${path}' has a '%' that begins no escape: write the character as '%25'`,
  ]);
});

test.each([
  'https://account.blob.core.windows.net/container',
  'https://account.blob.core.windows.net/',
  'https://a.b.blob.core.windows.net/c',
])('refuses %s, which lacks a container or a path', (uri) => {
  expect(storageUriProblems(uri)).toEqual([`storage URI '${uri}' needs a container and a path: use ${FORMS}`]);
});

test.each(['pvc://claim/a', 's3://bucket/a', 'gs://bucket/a', 'https://account.blob.core.windows.net/container/a'])(
  'refuses a query of %s',
  (uri) => {
    expect(storageUriProblems(`${uri}?versionId=1`)).toEqual([`storage URI '${uri}?***' has a query, which ModelMesh ignores: remove it`]);
  },
);

test('finds all problems at once', () => {
  expect(storageUriProblems('pvc://Claim/../a?b=c')).toEqual([
    "claim of storage URI 'pvc://Claim/../a?***' 'Claim' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
    "storage URI 'pvc://Claim/../a?***' has a query, which ModelMesh ignores: remove it",
    `path of storage URI 'pvc://Claim/../a?***' '../a' is not valid: ${PATH_REMEDY}`,
  ]);
});

test.each([
  ['pvc://user:hunter2@claim/../a', 'a user name or password'],
  ['s3://hunter2@bucket', 'a user name or password'],
  ['https://us@er:hun@ter2@example.com/a', 'a user name or password'],
  ['hdfs://user:hunter2@example.com/a', 'a user name or password'],
  ['https://account.blob.core.windows.net/container/a?sv=1&sig=hunter2', "the credential 'sig' in its query"],
  ['nonsense?X-Amz-Signature=hunter2', "the credential 'X-Amz-Signature' in its query"],
])('%s: a credential is the only problem, and is not repeated', (uri, what) => {
  expect(storageUriProblems(uri)).toEqual([`storage URI holds ${what}, ${CREDENTIAL_REMEDY}`]);
});

describe('generated URIs', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const bases = fc.oneof(
    fc.tuple(fc.constantFrom('pvc', 's3', 'gs', 'http', 'https'), word).map(([scheme, host]) => `${scheme}://${host}`),
    fc
      .tuple(fc.constantFrom('http', 'https'), word, word)
      .map(([scheme, account, container]) => `${scheme}://${account}.blob.core.windows.net/${container}`),
  );

  test('of all five forms are accepted', () => {
    fc.assert(
      fc.property(bases, path, (base, rest) => {
        expect(storageUriProblems(`${base}/${rest}`)).toEqual([]);
      }),
    );
  });

  test('without a path, or with one that leaves the store, are refused', () => {
    const tails = fc.constantFrom('', '/', '/..', '/../a', '/a/..', '/a/../b', '/./a', '/a//b', '/a/', '/%2e%2e', '/a%2F%2e%2e');
    fc.assert(
      fc.property(bases, tails, (base, tail) => {
        expect(storageUriProblems(`${base}${tail}`)).toEqual([
          expect.stringMatching(/^(path of )?storage URI '.*(is empty: |is not valid: |needs a container )/),
        ]);
      }),
    );
  });

  test('with one character of the scheme changed, added or left out are refused', () => {
    const schemes = ['pvc', 's3', 'gs', 'http', 'https'];
    const characters = [...'abcdefghijklmnopqrstuvwxyzPSGH0123456789+.-:/ ', '\n', 'ｓ'];
    for (const scheme of schemes) {
      for (let index = 0; index <= scheme.length; index += 1) {
        const inserted = characters.map((character) => scheme.slice(0, index) + character + scheme.slice(index));
        const replaced =
          index < scheme.length ? ['', ...characters].map((character) => scheme.slice(0, index) + character + scheme.slice(index + 1)) : [];
        for (const corrupt of [...inserted, ...replaced].filter((text) => !schemes.includes(text))) {
          expect([corrupt, storageUriProblems(`${corrupt}://a/b`)]).toEqual([corrupt, [expect.stringMatching(/^storage URI /)]]);
        }
      }
    }
  });
});
