import * as fc from 'fast-check';
import { isBase64, isPlaceholder, storageSecretOf } from '../../../lib/modelmesh/storage/entries';
import { setOf } from '../../support/checks';

const HEAD = 'apiVersion: v1\nkind: Secret\nmetadata: { name: storage-config, namespace: ns }\n';
const entriesOf = (rest: string) => [...storageSecretOf(setOf(HEAD + rest), 'ns').entries.values()];

test('entries are read from data and from stringData, which wins', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const secret = `data: { a: ${encoded('{"type":"s3"}')}, b: ${encoded('{"type":"s3"}')} }\nstringData: { b: '{"type":"gcs"}' }\n`;
  expect(entriesOf(secret)).toEqual([
    { key: 'a', field: 'data', kind: 'object', fields: { type: 's3' } },
    { key: 'b', field: 'stringData', kind: 'object', fields: { type: 'gcs' } },
  ]);
});

test.each([
  [`stringData: { a: '{"type":"pvc"}' }`, 'object'],
  [`stringData: { a: ' {} ' }`, 'object'],
  [`stringData: { a: 'null' }`, 'null'],
  [`stringData: { a: '' }`, 'bad'],
  [`stringData: { a: }`, 'bad'],
  [`stringData: { a: '[]' }`, 'bad'],
  [`stringData: { a: '"text"' }`, 'bad'],
  [`stringData: { a: '{bad' }`, 'bad'],
  [`stringData: { a: y }`, 'refused'],
  [`stringData: { a: { type: pvc } }`, 'refused'],
  [`data: { a: '{"type":"pvc"}' }`, 'refused'],
  [`data: { a: 7 }`, 'refused'],
  ["stringData: { a: '${STORE}' }", 'unknown'],
  ["stringData: { a: '<path:secret/data/store#json>' }", 'unknown'],
])('%s is %s', (secret, kind) => {
  expect(entriesOf(secret).map((entry) => entry.kind)).toEqual([kind]);
});

test.each([
  ['apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: storage-config, namespace: ns }'],
  [
    'apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret\nmetadata: { name: x, namespace: ns }\nspec: { target: { name: storage-config } }',
  ],
  ['apiVersion: external-secrets.io/v1\nkind: ClusterExternalSecret\nmetadata: { name: x }\nspec: { externalSecretName: storage-config }'],
  ['apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: storage-config, namespace: ns }'],
  [
    'apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: { name: x, namespace: ns }\nspec: { destination: { name: storage-config } }',
  ],
  [`${HEAD}stringData: { a: 'ENC[AES256_GCM,data:x]' }\nsops: { version: 3.9.0 }`],
])('%s makes it without showing its entries', (yaml) => {
  const { kind, entries } = storageSecretOf(setOf(`${yaml}\n`), 'ns');
  expect([kind, entries.size]).toEqual(['unknown', 0]);
});

test('it is missing when it is in another namespace, has another name, or nobody makes it', () => {
  expect(storageSecretOf(setOf(HEAD), 'other').kind).toBe('missing');
  expect(storageSecretOf(setOf(HEAD.replace('storage-config', 'storage')), 'ns').kind).toBe('missing');
  expect(storageSecretOf(setOf(HEAD), 'ns').kind).toBe('known');
});

test('it may be made elsewhere, or lie in a manifest that names no namespace', () => {
  expect(storageSecretOf(setOf('', '--existing Secret/ns/storage-config'), 'ns').kind).toBe('unknown');
  expect(storageSecretOf(setOf(HEAD.replace(', namespace: ns', '')), 'ns').kind).toBe('known');
  expect(storageSecretOf(setOf(HEAD), '').kind).toBe('unknown');
});

test('its name is a setting of the controller', () => {
  const config =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: mm }\ndata: { config.yaml: "storageSecretName: stores" }\n';
  expect(storageSecretOf(setOf(`${config}---\n${HEAD}`), 'ns').kind).toBe('missing');
  expect(storageSecretOf(setOf(`${config}---\n${HEAD.replace('storage-config', 'stores')}`), 'ns').kind).toBe('known');
});

test('what is encoded is base64', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(isBase64(Buffer.from(bytes).toString('base64'))).toBe(true)));
  expect(['{}', 'YQ', 'YQ==\n', 'Y-_=', ''].map(isBase64)).toEqual([false, false, true, false, true]);
});

test('a text beside a placeholder is not one itself', () => {
  expect(['${A}', ' <a:b> ', '{{ .A }}', 'ENC[x]', 'ref+vault://a'].map(isPlaceholder)).toEqual([true, true, true, true, true]);
  expect(['{"a": "${A}"}', 'a${A}', '{}', ''].map(isPlaceholder)).toEqual([false, false, false, false]);
});
