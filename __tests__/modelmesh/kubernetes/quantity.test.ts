import fc from 'fast-check';
import { parseQuantity } from '../../../lib/modelmesh/kubernetes/quantity';

const UNIT = 1_000_000_000n;

test.each<[string | number, bigint]>([
  ['0', 0n],
  ['1', UNIT],
  [2, 2n * UNIT],
  [0.5, UNIT / 2n],
  ['+1', UNIT],
  ['-1', -UNIT],
  ['-0', 0n],
  ['100m', UNIT / 10n],
  ['1u', 1000n],
  ['1n', 1n],
  ['1k', 1000n * UNIT],
  ['1M', 1_000_000n * UNIT],
  ['1G', 1_000_000_000n * UNIT],
  ['1T', 10n ** 12n * UNIT],
  ['1P', 10n ** 15n * UNIT],
  ['1E', 10n ** 18n * UNIT],
  ['1Ki', 1024n * UNIT],
  ['1Mi', 1024n ** 2n * UNIT],
  ['1Gi', 1024n ** 3n * UNIT],
  ['1Ti', 1024n ** 4n * UNIT],
  ['1Pi', 1024n ** 5n * UNIT],
  ['1Ei', 1024n ** 6n * UNIT],
  ['1.5Gi', 1536n * 1024n ** 2n * UNIT],
  ['1.', UNIT],
  ['.5', UNIT / 2n],
  ['007', 7n * UNIT],
  ['1e3', 1000n * UNIT],
  ['1E3', 1000n * UNIT],
  ['1e+3', 1000n * UNIT],
  ['1E-3', UNIT / 1000n],
  ['128974848', 128974848n * UNIT],
])('%p is %p billionths', (text, nanos) => {
  expect(parseQuantity(text)).toBe(nanos);
});

test('finer parts than billionths are rounded away from zero', () => {
  expect(parseQuantity('0.5n')).toBe(1n);
  expect(parseQuantity('-0.5n')).toBe(-1n);
  expect(parseQuantity('1.0000000001')).toBe(UNIT + 1n);
  expect(parseQuantity('1e-99999999')).toBe(1n);
});

test('what is larger than Kubernetes holds is cut to the largest', () => {
  const largest = (2n ** 63n - 1n) * UNIT;
  expect(parseQuantity('9223372036854775807')).toBe(largest);
  expect(parseQuantity('10E')).toBe(largest);
  expect(parseQuantity('8Ei')).toBe(largest);
  expect(parseQuantity('1e99999999')).toBe(largest);
  expect(parseQuantity('-1e99999999')).toBe(-largest);
  expect(parseQuantity('0e99999999')).toBe(0n);
});

test.each([
  '',
  ' ',
  '1Gb',
  '1GB',
  '1 Gi',
  ' 1',
  '1gi',
  '1K',
  'Gi',
  '1mi',
  '.',
  '+',
  '1e',
  '1e1.5',
  '1.2.3',
  '0x10',
  '1,5',
  'NaN',
  '1Gi\n',
  '--1',
  '²',
])('%p is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test.each([NaN, Infinity, null, undefined, true, {}, []])('%p is no quantity either', (value) => {
  expect(parseQuantity(value)).toBeUndefined();
});

test('numbers of any size read as themselves', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom('', 'k', 'Mi'), (number, suffix) => {
      const factor = { '': 1n, k: 1000n, Mi: 1024n ** 2n }[suffix]!;
      expect(parseQuantity(`${number}${suffix}`)).toBe(BigInt(number) * factor * UNIT);
    }),
  );
});
