import { MM301 } from '../../../lib/checks/storage/mm301-storage-secret-missing';
import { MM302 } from '../../../lib/checks/storage/mm302-entry-not-json';
import { MM303 } from '../../../lib/checks/storage/mm303-entry-value-not-text';
import { MM304 } from '../../../lib/checks/storage/mm304-entry-without-type-leaks';
import { MM306 } from '../../../lib/checks/storage/mm306-claim-entry-without-name';
import { MM307 } from '../../../lib/checks/storage/mm307-entry-without-type';
import { MM308 } from '../../../lib/checks/storage/mm308-storage-type-unknown';
import { MM310 } from '../../../lib/checks/storage/mm310-secret-data-not-base64';
import { MM311 } from '../../../lib/checks/storage/mm311-secret-key-not-valid';
import { MM340 } from '../../../lib/checks/storage/mm340-credentials-in-git';
import { MM342 } from '../../../lib/checks/storage/mm342-default-bucket';
import { findingsIn, messagesOf } from '../../support/checks';
import { model, NAMESPACE, runtime, S3, secret, secretOf, settings } from './fixtures';

describe('MM301: the storage Secret is missing', () => {
  const missing = (title: string, note = '', option = title.replaceAll("'", '')) =>
    `Secret ${title} is missing${note}: every runtime pod of the namespace mounts it and waits in ContainerCreating without it, even when no model needs a credential; declare it, or say that others make it (--existing Secret/${option})`;

  test('one finding for a namespace, however many runtimes it has', () => {
    expect(messagesOf(MM301, runtime() + runtime('', { name: 'second' }))).toEqual([missing("'ns/storage-config'")]);
  });

  test('the Secret of another namespace does not count, and is named', () => {
    expect(messagesOf(MM301, runtime() + secretOf({}, 'modelmesh'))).toEqual([
      missing("'ns/storage-config'", " (that of namespace 'modelmesh' is not seen there)"),
    ]);
  });

  test('the name is a setting, and a namespace that is not known is left out', () => {
    const yaml = settings('storageSecretName: stores') + runtime('', { namespace: '' }) + secretOf({}, '""');
    expect(messagesOf(MM301, yaml)).toEqual([missing("'stores'")]);
  });

  test('runtimes of the cluster need it in each namespace of ModelMesh', () => {
    const yaml = NAMESPACE + runtime('', { kind: 'ClusterServingRuntime', namespace: '' });
    expect(findingsIn(yaml, '', [MM301])).toMatchObject([{ message: missing("'ns/storage-config'"), field: 'metadata.name' }]);
  });

  test.each([
    ['it is there', runtime() + secretOf({}), ''],
    ['it is there without a namespace', runtime() + secretOf({}, '""'), ''],
    ['others make it', runtime(), '--existing Secret/ns/storage-config'],
    ['no runtime uses storage', runtime('storageHelper: { disabled: true }'), ''],
    ['the runtime is off', runtime('disabled: true'), ''],
    ['there are models only', model('storageUri: gs://b/p'), ''],
    ['the runtime of the cluster runs nowhere', runtime('', { kind: 'ClusterServingRuntime', namespace: '' }), ''],
  ])('nothing is said when %s', (_, yaml, options) => {
    expect(messagesOf(MM301, yaml, options)).toEqual([]);
  });

  test('an adapter mounts it even when storageHelper says otherwise', () => {
    const spec = 'storageHelper: { disabled: true }, builtInAdapter: { serverType: triton }';
    expect(messagesOf(MM301, runtime(spec))).toEqual([missing("'ns/storage-config'")]);
  });
});

describe('what the controller cannot read', () => {
  test.each(['{bad', '', '[]', '7', '"text"', 'true'])('MM302: the entry %s', (text) => {
    expect(messagesOf(MM302, NAMESPACE + secret(`stringData: { a: ${JSON.stringify(text)} }`))).toEqual([
      'storage entry \'a\' is not a JSON object: ModelMesh\'s controller reads every entry, stops at this one, and no runtime of the namespace is made or changed; write it like {"type": "pvc", "name": "models"}',
    ]);
  });

  test.each(['null', '{}', '${ENTRY}'])('MM302 has nothing against %s', (text) => {
    expect(messagesOf(MM302, NAMESPACE + secret(`stringData: { a: ${JSON.stringify(text)} }`))).toEqual([]);
  });

  test('entries in data are read too', () => {
    const data = Buffer.from('{bad').toString('base64');
    expect(findingsIn(NAMESPACE + secret(`data: { a: ${data} }`), '', [MM302])).toMatchObject([{ field: 'data.a' }]);
  });

  test("a Secret of KServe's other modes is left alone", () => {
    expect(messagesOf(MM302, secret('stringData: { a: x }'))).toEqual([]);
  });

  test('MM303: each value that is no string, but not null; values are not repeated', () => {
    const entry = { type: 'http', url: 'u', headers: { a: 'word' }, retries: 3, tls: true, list: [], none: null };
    const stops = "not a string: ModelMesh's controller stops at it, and no runtime of the namespace is made or changed";
    expect(messagesOf(MM303, NAMESPACE + secretOf({ web: entry }))).toEqual([
      `'headers' of storage entry 'web' is an object, ${stops}; leave it out, as only strings can be read`,
      `'retries' of storage entry 'web' is a number, ${stops}; put the value in quotes`,
      `'tls' of storage entry 'web' is a boolean, ${stops}; put the value in quotes`,
      `'list' of storage entry 'web' is a list, ${stops}; leave it out, as only strings can be read`,
    ]);
  });
});

describe('types and names of entries', () => {
  const pvc = { type: 'pvc', name: 'c' };

  test('MM304: an entry with a name and no type, beside a claim', () => {
    expect(messagesOf(MM304, NAMESPACE + secretOf({ c: pvc, x: { name: 'leaked' } }))).toEqual([
      'storage entry \'x\' has a "name" but no "type": ModelMesh\'s controller reads the entries one over the other in random order, so it mounts a claim \'leaked\' at one time and not at another, and all runtime pods restart over and over; give the entry its own "type"',
    ]);
  });

  test.each([
    ['there is no claim', { s: S3, x: { name: 'leaked' } }],
    ['it names the same claim', { c: pvc, x: { name: 'c' } }],
    ['it has no name', { c: pvc, x: { bucket: 'b' } }],
    ['its type is null, which empties it', { c: pvc, x: { type: null, name: 'n' } }],
  ])('MM304: nothing leaks when %s', (_, entries) => {
    expect(messagesOf(MM304, NAMESPACE + secretOf(entries))).toEqual([]);
  });

  test.each([[{ type: 'pvc' }], [{ type: 'pvc', name: '' }], [{ type: 'pvc', name: null }]])('MM306: %j names no claim', (entry) => {
    expect(messagesOf(MM306, NAMESPACE + secretOf({ c: entry }))).toEqual([
      'storage entry \'c\' has the type pvc but no "name": ModelMesh mounts no claim for it, or by chance what another entry names; add the claim, e.g. "name": "models"',
    ]);
  });

  test('MM307: an entry without a type that nobody is seen to use', () => {
    expect(messagesOf(MM307, NAMESPACE + secretOf({ x: { bucket: 'b' } }))).toEqual([
      'storage entry \'x\' has no "type": only models that say the type themselves can use it, all others fail to load; add it, e.g. "type": "s3"',
    ]);
    expect(messagesOf(MM307, secretOf({ x: { bucket: 'b' } }) + model('storageUri: gs://b/p, storage: { key: x }'))).toEqual([]);
    expect(messagesOf(MM307, NAMESPACE + secretOf({ default_s3: { region: 'r' }, c: pvc, y: { name: 'leaked' } }))).toEqual([]);
  });

  test.each([
    ['gs', "write 'gcs'"],
    ['S3', "write 's3'"],
    ['service_account', "write 'gcs'"],
    ['ftp', "use one of 's3', 'gcs', 'azure', 'http', 'pvc'"],
    ['', "use one of 's3', 'gcs', 'azure', 'http', 'pvc'"],
  ])('MM308: the type %j', (type, remedy) => {
    const what = `is '${type}', which ModelMesh has no provider for: loading fails; ${remedy}`;
    expect(messagesOf(MM308, NAMESPACE + secretOf({ x: { type } }))).toEqual([`"type" of storage entry 'x' ${what}`]);
    expect(messagesOf(MM308, model(`storage: { path: p, parameters: { type: '${type}' } }`))).toEqual([`storage type ${what}`]);
  });

  test('MM310: JSON in data, but no base64 and no placeholder', () => {
    const yaml = NAMESPACE + secret(`data: { a: '{"type":"s3"}', b: e30=, c: '<path:x>' }`);
    expect(messagesOf(MM310, yaml)).toEqual([
      "storage entry 'a' is in data but is no base64: the API server refuses the Secret; move it to stringData as it is, or encode it",
    ]);
  });

  test.each(['a b', 'a/b', '..', '.', '..a', 'ä', 'a'.repeat(254)])('MM311: the key %j', (key) => {
    expect(messagesOf(MM311, NAMESPACE + secretOf({ [key]: {} }))).toHaveLength(1);
  });

  test.each(['a', 'A.b-c_1', '.hidden', 'a..b', 'a'.repeat(253)])('MM311 has nothing against the key %j', (key) => {
    expect(messagesOf(MM311, NAMESPACE + secretOf({ [key]: {} }))).toEqual([]);
  });
});

describe('MM340: credentials in a plain manifest', () => {
  test('one finding for a Secret, without the values', () => {
    const entry = { type: 's3', access_key_id: 'visible1', secret_access_key: 'visible2' };
    expect(messagesOf(MM340, NAMESPACE + secretOf({ c: { type: 'pvc', name: 'c' }, a: entry, b: entry }))).toEqual([
      "storage entry 'a' holds 'access_key_id', 'secret_access_key' in plain text: who reads this manifest, or the Git repository that it is in, can read the store; let an ExternalSecret, a SealedSecret or SOPS bring the Secret into the cluster",
    ]);
  });

  test('placeholders, empty texts and what is public are none', () => {
    const entry = { type: 's3', access_key_id: '${ID}', secret_access_key: '<path:a>', certificate: 'c', region: 'r' };
    expect(messagesOf(MM340, NAMESPACE + secretOf({ a: entry, b: { client_secret: '' } }))).toEqual([]);
    expect(messagesOf(MM340, NAMESPACE + secret(`stringData: { a: '{"client_secret":"x"}' }\nsops: {}`))).toEqual([]);
  });
});

test('MM342: default_bucket is old where it is read, and ignored elsewhere', () => {
  expect(messagesOf(MM342, NAMESPACE + secretOf({ a: { ...S3, default_bucket: 'b' }, b: { type: 'gcs', default_bucket: 'b' } }))).toEqual([
    "'default_bucket' of storage entry 'a' is an old name, which ModelMesh may stop reading; write 'bucket'",
    "'default_bucket' of storage entry 'b' is ignored: ModelMesh reads it only with the type s3 and without 'bucket'; remove it, or write 'bucket'",
  ]);
});
