import { toPlainMap } from '../../lib/synth/plain-data';

function problemsOf(value: object): string[] {
  const problems: string[] = [];
  toPlainMap(value, problems);
  return problems;
}

test('plain data stays what it is, and undefined properties are left out', () => {
  const problems: string[] = [];
  const shared = { x: 1 };
  const value = { a: 'x', b: [1, true, { c: -0 }], d: undefined, e: shared, f: shared, g: Object.assign(Object.create(null), { h: 1 }) };
  expect(toPlainMap(value, problems)).toEqual({ a: 'x', b: [1, true, { c: 0 }], e: { x: 1 }, f: { x: 1 }, g: { h: 1 } });
  expect(problems).toEqual([]);
});

test('a property may be named __proto__', () => {
  const copy = toPlainMap(JSON.parse('{"__proto__": {"a": 1}}') as object, []);
  expect(Object.entries(copy)).toEqual([['__proto__', { a: 1 }]]);
});

test.each([
  ['null', { spec: { a: null } }, 'spec.a is null: leave the property out'],
  ['undefined in a list', { spec: [1, undefined] }, 'spec[1] is undefined: leave the item out of the list'],
  ['a hole in a list', { spec: [1, , 2] }, 'spec[1] is undefined: leave the item out of the list'],
  ['NaN', { a: { 'b.c': NaN } }, "a['b.c'] is NaN: JSON has no such number"],
  ['infinity', { a: -Infinity }, 'a is -Infinity: JSON has no such number'],
  ['a number that has lost digits', { a: 2 ** 53 }, 'a is 9007199254740992: beyond 9007199254740991 digits are lost; write it as a string'],
  ['a date', { a: new Date(0) }, 'a is a Date: write it as a string, a number or a plain map'],
  ['a map class', { a: new Map() }, 'a is a Map: write it as a string, a number or a plain map'],
  ['a function', { a: () => 1 }, 'a is a function: a manifest holds only maps, lists, strings, numbers and booleans'],
  ['a bigint', { a: [1n] }, 'a[0] is a bigint: a manifest holds only maps, lists, strings, numbers and booleans'],
  ['half a character', { a: 'x\ud83d' }, 'a holds half a character (a lone surrogate): it cannot be written as UTF-8'],
  [
    'half a character in a key',
    { a: { '\ud83d': 1 } },
    "the key a['\\ud83d'] holds half a character (a lone surrogate): it cannot be written as UTF-8",
  ],
])('%s is a problem', (_, value, expected) => {
  expect(problemsOf(value)).toEqual([expected]);
});

test('a key that does not fit on a line is a problem', () => {
  expect(problemsOf({ a: { ['x'.repeat(1001)]: 1 } })[0]).toMatch(/^the key a\.x+ is too long: at most 1000 characters can be written$/);
  expect(problemsOf({ a: { ['x'.repeat(1000)]: 1 } })).toEqual([]);
});

test('data that contains itself is a problem', () => {
  const value: { self?: object } = {};
  value.self = { list: [value] };
  expect(problemsOf(value)).toEqual(['self.list[0] contains itself']);
});

test('every problem is found', () => {
  expect(problemsOf({ a: null, b: [NaN, undefined] })).toHaveLength(3);
});
