import { MM323 } from '../../../lib/checks/storage/mm323-storage-uri-is-path';
import { MM324 } from '../../../lib/checks/storage/mm324-storage-uri-scheme';
import { MM325 } from '../../../lib/checks/storage/mm325-storage-uri-unparsable';
import { MM326 } from '../../../lib/checks/storage/mm326-storage-uri-bucket';
import { MM328 } from '../../../lib/checks/storage/mm328-claim-without-path';
import { MM329 } from '../../../lib/checks/storage/mm329-whole-bucket';
import { MM330 } from '../../../lib/checks/storage/mm330-path-begins-with-slash';
import { MM331 } from '../../../lib/checks/storage/mm331-storage-uri-rest-ignored';
import { codesIn, findingsIn, messagesOf } from '../../support/checks';
import { claim, model, secretOf } from './fixtures';

const uri = (text: string) => model(`storageUri: ${JSON.stringify(text)}`);
const REFUSED = "ModelMesh's controller refuses the model, and says so only in its log";

test.each(['/mnt/models', 'models/mnist', ''])('MM323: %j is a path', (text) => {
  expect(messagesOf(MM323, uri(text))).toEqual([
    `storageUri '${text}' has no scheme: ${REFUSED}; put the path into storage.path, or write a URI such as 'pvc://CLAIM/PATH'`,
  ]);
});

test.each([
  ['hf://org/model', 'hf', "copy the model to a store and write, e.g., 's3://BUCKET/PATH'"],
  ['gcs://b/p', 'gcs', "write 'gs://BUCKET/PATH'"],
  ['abfs://c@a/p', 'abfs', "write 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH'"],
  ['FILE:///p', 'file', "put the file on a claim and write 'pvc://CLAIM/PATH'"],
  ['ftp://h/p', 'ftp', "use 'pvc://', 's3://', 'gs://', 'http://' or 'https://'"],
])('MM324: %s', (text, scheme, remedy) => {
  expect(messagesOf(MM324, uri(text))).toEqual([`storageUri has the scheme '${scheme}': ${REFUSED}; ${remedy}`]);
});

test('MM325: what Go cannot parse', () => {
  const remedy = "write a '%' of a name as '%25', and no white space in the host";
  expect(messagesOf(MM325, uri('s3://b/100%'))).toEqual([
    `storageUri 's3://b/100%' is no URL (a '%' that begins no escape): ${REFUSED}; ${remedy}`,
  ]);
  expect(messagesOf(MM325, uri('s3://b/p\n'))).toEqual([`storageUri 's3://b/p\\n' is no URL (a control character): ${REFUSED}; ${remedy}`]);
});

test.each(['s3', 'gs', 'S3'])('MM326: a %s URI without a bucket, or with an address', (scheme) => {
  const lower = scheme.toLowerCase();
  expect(messagesOf(MM326, uri(`${scheme}:///p`))).toEqual([
    `storageUri '${scheme}:///p' names no bucket, and that of the storage entry does not count: loading fails; write it as '${lower}://BUCKET/PATH'`,
  ]);
  expect(messagesOf(MM326, uri(`${scheme}://minio:9000/b/p`))).toEqual([
    `storageUri '${scheme}://minio:9000/b/p' has 'minio:9000' for its bucket, which is an address: loading fails; put the address into 'endpoint_url' of the storage entry, and write '${lower}://BUCKET/PATH'`,
  ]);
});

test.each([
  ['storageUri: pvc://c', 'spec.predictor.model.storageUri'],
  ['storageUri: pvc://c/', 'spec.predictor.model.storageUri'],
  ['storageUri: pvc://c/./', 'spec.predictor.model.storageUri'],
  ['storage: { path: "", parameters: { type: pvc, name: c } }', 'spec.predictor.model.storage.path'],
  ['storage: { key: e, path: / }', 'spec.predictor.model.storage.path'],
])('MM328: %s', (fields, field) => {
  const yaml = secretOf({ e: { type: 'pvc', name: 'c' } }) + claim() + model(fields);
  expect(findingsIn(yaml, '', [MM328])).toMatchObject([
    {
      field,
      message:
        "the model is the whole claim 'c', without a path on it: ModelMesh links it under one name and looks for it under another, so loading fails; put the model into a folder of the claim and add its path",
    },
  ]);
});

test.each([
  ['storageUri: gs://b', 'bucket'],
  ['storageUri: s3://b/', 'bucket'],
  ['storageUri: https://a.blob.core.windows.net/c', 'container'],
  ['storage: { path: "", parameters: { type: gcs, bucket: b } }', 'bucket'],
])('MM329: %s is a whole %s', (fields, store) => {
  expect(messagesOf(MM329, model(fields))).toEqual([
    `the model has no path: ModelMesh downloads everything in the ${store} for each copy of it; add the path of the model's file or folder`,
  ]);
});

test.each([
  ['storageUri: gs://b//p', '/p', 'gcs'],
  ['storage: { path: /p, parameters: { type: s3, bucket: b } }', '/p', 's3'],
])('MM330: %s', (fields, path, type) => {
  expect(messagesOf(MM330, model(fields))).toEqual([
    `the path of the model is '${path}': a store of type ${type} has no root, so that only objects whose names begin with '/' are found; remove the slash`,
  ]);
});

test('MM330: claims and web servers do have a root', () => {
  const yaml =
    model('storage: { path: /p, parameters: { type: pvc, name: c } }') +
    model('storage: { path: /p, parameters: { type: http, url: u } }', 'n');
  expect(messagesOf(MM330, yaml)).toEqual([]);
});

test('MM331: a query or a fragment that nobody reads', () => {
  const rest = (text: string, what: string, sign: string, escape: string) =>
    `storageUri '${text}' has a ${what}: ModelMesh drops the '${sign}' and what follows; remove it, or write '${escape}' where it belongs to the path`;
  expect(messagesOf(MM331, uri('s3://b/p?versionId=7'))).toEqual([rest('s3://b/p?***', 'query', '?', '%3F')]);
  expect(messagesOf(MM331, uri('gs://b/p#7'))).toEqual([rest('gs://b/p#***', 'fragment', '#', '%23')]);
  expect(messagesOf(MM331, uri('https://host/p?v=7'))).toEqual([]);
});

test.each(['gs://models/mnist/v1', 'GS://models/mnist/v1', 'https://a.blob.core.windows.net/c/p', 'http://h:8080/p?v=1', 'gs://b/100%25'])(
  'nothing is wrong with %s',
  (text) => {
    expect(codesIn(uri(text)).filter((code) => code.startsWith('MM3'))).toEqual([]);
  },
);
