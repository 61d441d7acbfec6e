import { leakingEntriesOf } from '../../../lib/modelmesh/storage/leaks';
import { meantType, mistakenField, S3_FIELDS } from '../../../lib/modelmesh/storage/requirements';
import type { StorageEntry } from '../../../lib/modelmesh/storage/entries';
import { STORAGE_TYPES } from '../../../lib/modelmesh/storage/storage-uri';

test.each([
  ['access_key', 'access_key_id'],
  ['AWS_ACCESS_KEY_ID', 'access_key_id'],
  ['secretAccessKey', 'secret_access_key'],
  ['endpoint', 'endpoint_url'],
  ['AWS_DEFAULT_REGION', 'region'],
])('%s was meant to be %s', (written, meant) => {
  expect(mistakenField({ type: 's3', [written]: 'x' }, meant)).toBe(written);
});

test('a field that is right is no mistaken one', () => {
  const entry = Object.fromEntries(S3_FIELDS.map((field) => [field, 'x']));
  expect(S3_FIELDS.map((field) => mistakenField(entry, field))).toEqual(S3_FIELDS.map(() => undefined));
});

test('types that were meant', () => {
  const meant = ['GCS', ' s3 ', 'gs', 'https', 'wasb', 'ftp', ''].map((type) => meantType(type, STORAGE_TYPES));
  expect(meant).toEqual(['gcs', 's3', 'gcs', 'http', 'azure', undefined, undefined]);
});

// The controller's way: one map for all entries, in any order.
function claimsIn(entries: readonly StorageEntry[]): string {
  const map: { [name: string]: unknown } = {};
  const claims = new Set<unknown>();
  for (const { fields } of entries) {
    Object.assign(map, fields);
    if (map.type === 'pvc' && (map.name ?? '') !== '') claims.add(map.name);
  }
  return [...claims].sort().join();
}

function orders<T>(items: readonly T[]): T[][] {
  return items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) => orders(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

const FIELDS = [{ type: 'pvc', name: 'a' }, { type: 'pvc', name: 'b' }, { type: 's3' }, { name: 'a' }, { name: 'c' }, { bucket: 'x' }];
const triples = FIELDS.flatMap((one) => FIELDS.flatMap((two) => FIELDS.map((three) => [one, two, three])));

test('an entry leaks exactly when the claims depend on the order', () => {
  for (const fields of triples) {
    const entries = fields.map((own, index): StorageEntry => ({ key: `e${index}`, field: 'data', kind: 'object', fields: own }));
    const outcomes = new Set(orders(entries).map(claimsIn));
    const leaking = leakingEntriesOf(new Map(entries.map((entry) => [entry.key, entry])));
    expect([fields, leaking.length > 0]).toEqual([fields, outcomes.size > 1]);
  }
});
