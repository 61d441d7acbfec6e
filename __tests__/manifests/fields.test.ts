import { fieldsAt, hasFields, textAt, valueAt } from '../../lib/manifests/fields';

test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'map'])(
  '%s, which every object or list inherits, is no field',
  (name) => {
    for (const value of [{}, [], new Date(0), { spec: {} }]) expect(valueAt(value, name)).toBeUndefined();
    expect(valueAt({ spec: {} }, 'spec', name, 'name')).toBeUndefined();
  },
);

test('fields of such names are fields when a manifest has them', () => {
  expect(valueAt(JSON.parse('{"constructor":{"__proto__":"text"}}'), 'constructor', '__proto__')).toBe('text');
});

test('the way ends where there is no map and no list', () => {
  expect(textAt({ a: [{ b: 'text' }] }, 'a', 0, 'b')).toBe('text');
  for (const value of [undefined, null, 'text', 1, true]) expect(valueAt({ a: value }, 'a', 'length')).toBeUndefined();
  expect(fieldsAt({ a: [] }, 'a')).toEqual({});
});

test('a map has fields or none', () => {
  expect([{}, { a: undefined }, { a: 1 }].map(hasFields)).toEqual([false, true, true]);
});
