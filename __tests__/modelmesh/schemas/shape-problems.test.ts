import { ANY, choice, extended, fields, listOf, mapOf } from '../../../lib/modelmesh/schemas/shape';
import { shapeProblems } from '../../../lib/modelmesh/schemas/shape-problems';

const SHAPE = fields({
  'name!': 'string',
  on: 'boolean',
  count: 'integer',
  small: 'int32',
  first: 'positiveInt32',
  large: 'int64',
  port: 'intOrString',
  memory: 'quantity',
  mode: choice('A', 'B'),
  labels: mapOf('string'),
  ports: listOf(fields({ 'number!': 'int32', protocol: 'string' }), 'number', 'protocol=TCP'),
  model: fields({ storageUri: 'string' }),
  other: ANY,
});
const messages = (value: object) => shapeProblems({ name: 'x', ...value }, SHAPE).map(({ message }) => message);

test.each<[string, object]>([
  ['nothing but what is required', {}],
  ['whole numbers, also as 1e3', { count: 1e3, small: -(2 ** 31), first: 1, large: 2 ** 53 }],
  ['a number or a text', { port: 8080 }],
  ['a text or a number', { port: 'http' }],
  ['a whole quantity', { memory: 1 }],
  ['a date, which is a text for the API server', { labels: { since: new Date(0) } }],
  ['null, which is as good as no field', { labels: { a: null }, on: null, ports: null }],
  ['an undefined field', { unknown: undefined, on: undefined }],
  ['ports that differ in their protocol', { ports: [{ number: 1 }, { number: 1, protocol: 'UDP' }] }],
  ['anything where nobody looks', { other: [null, { a: 1 }] }],
])('takes %s', (_name, value) => {
  expect(messages(value)).toEqual([]);
});

test.each(['1', '-1', '+1', '1.5', '.5', '1.', '100m', '1Ki', '1Ei', '1e3', '1E-3', '1e1.5', '1n', '1u'])(
  'takes the quantity %s',
  (memory) => {
    expect(messages({ memory })).toEqual([]);
  },
);

test.each(['', '1Gb', '1GB', '1 Gi', '1gi', '1K', 'Gi', ' 1', '1\n', '1KiB', '1e', '½'])('takes not the quantity %p', (memory) => {
  expect(messages({ memory })).toEqual([expect.stringContaining('which is no quantity: write a number with a suffix')]);
});

test.each<[string, object, string]>([
  [
    'an unknown field',
    { modell: {} },
    "modell is a field that the definition does not know, so the API server refuses the manifest: write 'model'",
  ],
  [
    'one of another case',
    { Count: 1 },
    "Count is a field that the definition does not know, so the API server refuses the manifest: write 'count'",
  ],
  [
    'one in the wrong place',
    { storageUri: 's3://b/p' },
    "storageUri is a field that the definition does not know, so the API server refuses the manifest: move it below 'model'",
  ],
  [
    'one like no other',
    { extraordinary: 1 },
    'extraordinary is a field that the definition does not know, so the API server refuses the manifest: remove it',
  ],
  ['a name that is a number', { name: 5 }, "name is the number '5', the API server takes a string only: write it in quotes"],
  ['a name that is a boolean', { name: true }, "name is the boolean 'true', the API server takes a string only: write it in quotes"],
  ['a switch that is a text', { on: 'true' }, "on is the string 'true', the API server takes true or false only: write true or false"],
  ['a number that is a text', { count: '2' }, "count is the string '2', the API server takes a whole number only: write a whole number"],
  ['a fraction', { count: 1.5 }, "count is the number '1.5', the API server takes a whole number only: write a whole number"],
  [
    'a port that is a fraction',
    { port: 0.5 },
    "port is the number '0.5', the API server takes a whole number or a string only: write a whole number or a string",
  ],
  ['a list instead of a map', { labels: [] }, 'labels is a list, the API server takes a map of fields only: write a map of fields'],
  ['a map instead of a list', { ports: {} }, 'ports is a map, the API server takes a list only: write a list'],
  ['nothing where something must be', { name: null }, 'name is missing, which the API server refuses: set it'],
  [
    'an item that is nothing',
    { ports: [null] },
    'ports[0] is empty, the API server takes a map of fields only: write it or remove the field',
  ],
  ['a field that is missing', { ports: [{}] }, 'ports[0].number is missing, which the API server refuses: set it'],
  ['a number below its minimum', { first: 0 }, "first is '0', the API server takes 1 or more: raise it"],
  ['a number too large', { small: 2 ** 31 }, "small is '2147483648', the API server takes less than 2147483648: lower it"],
  ['a number too small', { small: -(2 ** 31) - 1 }, "small is '-2147483649', the API server takes -2147483648 or more: raise it"],
  [
    'a number beyond 64 bits',
    { large: 2 ** 63 },
    "large is '9223372036854776000', the API server takes less than 9223372036854775808: lower it",
  ],
  ['an unknown choice', { mode: 'a' }, "mode is 'a', which the API server refuses: use one of 'A', 'B'"],
  [
    'an item twice',
    { ports: [{ number: 1 }, { number: 1, protocol: 'TCP' }] },
    "ports[1] repeats number '1' and protocol 'TCP' of an earlier item, which the API server refuses: remove one of them",
  ],
  [
    'a bare fraction of memory',
    { memory: 0.5 },
    'memory is the number \'0.5\', of which the API server takes whole ones only: write it in quotes, "0.5"',
  ],
])('refuses %s', (_name, value, message) => {
  expect(messages(value)).toEqual([message]);
});

test('a field of an extended shape takes the place of the one it had', () => {
  const shape = extended(SHAPE, { name: 'int32', 'more!': 'string' });
  expect(shapeProblems({ name: 1, more: '' }, shape)).toEqual([]);
  expect(shapeProblems({}, shape).map(({ path }) => path)).toEqual([['more']]);
});
