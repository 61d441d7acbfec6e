import fc from 'fast-check';
import { collectProblems, quote, throwProblems } from '../../lib/values/problems';
import { anyCharacter } from './arbitraries';

describe('throwProblems', () => {
  test('does nothing without problems', () => {
    expect(throwProblems('model source', [])).toBeUndefined();
  });

  test('puts a single problem on one line', () => {
    expect(() => throwProblems('model source', ['path is empty'])).toThrow(new Error('model source: path is empty'));
  });

  test('lists several problems under one headline', () => {
    expect(() => throwProblems('model source', ['path is empty', 'bucket is empty'])).toThrow(
      new Error('model source has 2 problems:\n  - path is empty\n  - bucket is empty'),
    );
  });
});

test('collectProblems keeps what was found, in order', () => {
  expect(collectProblems(undefined, 'b', undefined, 'a', '')).toEqual(['b', 'a', '']);
  expect(collectProblems()).toEqual([]);
});

describe('quote', () => {
  test.each([
    ['a text', 'mnist', "'mnist'"],
    ['nothing', '', "''"],
    ['quotation marks', `a "b" 'c'`, `'a "b" 'c''`],
    ['a backslash', 'C:\\models', "'C:\\models'"],
    ['a backslash before a quotation mark', 'a\\"', `'a\\"'`],
    ['line breaks and tabs', 'a\nb\r\tc', "'a\\nb\\r\\tc'"],
    ['control characters', 'a\0b\u001b[31mc\u007f\u009b', "'a\\u0000b\\u001b[31mc\\u007f\\u009b'"],
    ['what turns the direction of a line', 'a\u202eb', "'a\\u202eb'"],
    ['what has no width', 'a\u200bb\ufeff', "'a\\u200bb\\ufeff'"],
    ['separators of Unicode', 'a\u2028b\u2029', "'a\\u2028b\\u2029'"],
    ['an invisible character beyond 16 bits', 'a\u{e0041}', "'a\\u{e0041}'"],
    ['half a surrogate pair', 'a\ud83d', "'a\\ud83d'"],
    ['other languages', 'modèle 模型 😀', "'modèle 模型 😀'"],
    ['undefined', undefined, "'undefined'"],
    ['null', null, "'null'"],
    ['a number', 1.5, "'1.5'"],
    ['no number', NaN, "'NaN'"],
    ['infinity', -Infinity, "'-Infinity'"],
    ['a bigint', 10n, "'10'"],
    ['a boolean', false, "'false'"],
    ['a symbol', Symbol('x'), "'Symbol(x)'"],
    ['a function', Math.max, "'function max() { [native code] }'"],
    ['a list', ['a', 1], `'["a",1]'`],
    ['an object', { a: { b: 'c\n' } }, `'{"a":{"b":"c\\n"}}'`],
    ['an object without a text in JSON', { toJSON: () => undefined }, "'[object Object]'"],
  ])('%s', (_, value, expected) => {
    expect(quote(value)).toBe(expected);
  });

  test('an object that holds itself', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(quote(loop)).toBe("'[object Object]'");
  });

  test('a text of 120 characters stays whole, a longer one is cut', () => {
    expect(quote('a'.repeat(120))).toBe(`'${'a'.repeat(120)}'`);
    expect(quote('a'.repeat(121))).toBe(`'${'a'.repeat(117)}...'`);
    expect(quote('a'.repeat(1_000_000))).toBe(`'${'a'.repeat(117)}...'`);
  });

  test('the cut halves no character', () => {
    expect(quote('😀'.repeat(121))).toBe(`'${'😀'.repeat(117)}...'`);
  });

  test('whatever is quoted is short, on one line and well-formed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter(), maxLength: 300 }), fc.anything({ withBigInt: true })), (value) => {
        const quoted = quote(value);
        expect([...quoted].length).toBeLessThanOrEqual(122);
        expect(quoted).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
