import * as fc from 'fast-check';
import { readStorageUri, STORAGE_SCHEMES } from '../../../lib/modelmesh/storage/storage-uri';

describe('a storageUri that the controller takes', () => {
  test.each([
    ['pvc://models/mnist/v1', { type: 'pvc', name: 'models' }, 'mnist/v1'],
    ['pvc://models', { type: 'pvc', name: 'models' }, ''],
    ['pvc:///mnist', { type: 'pvc', name: '' }, 'mnist'],
    ['pvc:models/mnist', { type: 'pvc', name: '' }, ''],
    ['s3://models/mnist/v1', { type: 's3', bucket: 'models' }, 'mnist/v1'],
    ['S3://Models/Mnist', { type: 's3', bucket: 'Models' }, 'Mnist'],
    ['s3://models//mnist', { type: 's3', bucket: 'models' }, '/mnist'],
    ['s3://store:9000/models/mnist', { type: 's3', bucket: 'store:9000' }, 'models/mnist'],
    ['gs://models/a%20b%2Fc', { type: 'gcs', bucket: 'models' }, 'a b/c'],
    ['gs://user:word@models/mnist', { type: 'gcs', bucket: 'models' }, 'mnist'],
    ['https://acct.blob.core.windows.net/team/mnist/v1', { type: 'azure', account_name: 'acct', container: 'team' }, 'mnist/v1'],
    ['https://acct.blob.core.windows.net', { type: 'azure', account_name: 'acct', container: '' }, ''],
    ['https://acct.blob.core.windows.net:443/team/mnist', { type: 'http', url: 'https://acct.blob.core.windows.net:443' }, 'team/mnist'],
    ['http://models.example.com/a/b?v=2', { type: 'http', url: 'http://models.example.com?v=2' }, 'a/b'],
  ])('%s', (uri, parameters, path) => {
    expect(readStorageUri(uri)).toMatchObject({ kind: 'location', parameters, path });
  });

  test.each([
    ['s3://b/p?versionId=1', 'query'],
    ['https://a.blob.core.windows.net/c/p?sv=1', 'query'],
    ['gs://b/p#1', 'fragment'],
    ['https://h/p#1', 'fragment'],
    ['https://h/p?v=1', undefined],
    ['s3://b/p?', undefined],
    ['s3://b/p#', undefined],
  ])('%s: dropped is %s', (uri, dropped) => {
    expect(readStorageUri(uri)).toMatchObject({ kind: 'location' });
    expect((readStorageUri(uri) as { dropped?: string }).dropped).toBe(dropped);
  });
});

describe('a storageUri that the controller refuses', () => {
  test.each(['', '/mnt/models', 'models/mnist', './models', '*', '//host/path', 'C', '?s3://b/p'])('%s has no scheme', (uri) => {
    expect(readStorageUri(uri)).toEqual({ kind: 'no-scheme' });
  });

  test.each([
    ['hf://org/model', 'hf'],
    ['OCI://registry/model', 'oci'],
    ['file:///models', 'file'],
    ['c:\\models', 'c'],
    ['minio.example.com:9000/b/p', 'minio.example.com'],
  ])('%s has the scheme %s', (uri, detail) => {
    expect(readStorageUri(uri)).toEqual({ kind: 'other-scheme', detail });
  });

  test.each([
    's3://b/100%',
    's3://b/%zz',
    's3://my bucket/p',
    's3://b:port/p',
    's3://b%20c/p',
    's3://a[b/p',
    's3://b/p\n',
    's3://u ser@b/p',
    's3://u%zz@b/p',
    's3://b/p#%',
    '://b/p',
    '1s3://b/p',
    '[::1',
    'http://[::1/p',
  ])('%s is no URL', (uri) => {
    expect(readStorageUri(uri).kind).toBe('unparsable');
  });
});

test('whatever the text, it is read without an error, and only known schemes are taken', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true, withFragments: true })), (uri) => {
      const read = readStorageUri(uri);
      if (read.kind === 'location') expect(STORAGE_SCHEMES).toContain(read.scheme);
    }),
  );
});

test('a key in a bucket is read as it was written', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9 ._~äß%+&=-]{1,12}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}$/), fc.array(part, { minLength: 1, maxLength: 4 }), (bucket, parts) => {
      const read = readStorageUri(`s3://${bucket}/${parts.map(encodeURIComponent).join('/')}`);
      expect(read).toMatchObject({ parameters: { type: 's3', bucket }, path: parts.join('/') });
    }),
  );
});
