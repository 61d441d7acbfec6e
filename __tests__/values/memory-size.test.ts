import { Size } from 'cdk8s';
import fc from 'fast-check';
import { sizeToBytes, sizeToQuantity } from '../../lib/values/memory-size';

const UNITS = [
  { suffix: 'Ki', bytes: 1024, of: (amount: number) => Size.kibibytes(amount) },
  { suffix: 'Mi', bytes: 1024 ** 2, of: (amount: number) => Size.mebibytes(amount) },
  { suffix: 'Gi', bytes: 1024 ** 3, of: (amount: number) => Size.gibibytes(amount) },
  { suffix: 'Ti', bytes: 1024 ** 4, of: (amount: number) => Size.tebibytes(amount) },
  { suffix: 'Pi', bytes: 1024 ** 5, of: (amount: number) => Size.pebibyte(amount) },
];

test.each([
  [Size.mebibytes(512), '512Mi', 512 * 1024 ** 2],
  [Size.tebibytes(1), '1Ti', 1024 ** 4],
  [Size.gibibytes(1.5), '1.5Gi', 1.5 * 1024 ** 3],
  [Size.mebibytes(1024), '1024Mi', 1024 ** 3],
  [Size.kibibytes(0.5), '0.5Ki', 512],
  [Size.gibibytes(0), '0Gi', 0],
])('%j keeps its unit: %s', (size, quantity, bytes) => {
  expect(sizeToQuantity(size)).toBe(quantity);
  expect(sizeToBytes(size)).toBe(bytes);
});

test.each([
  [Size.gibibytes(NaN), 'NaNGi'],
  [Size.gibibytes(Infinity), 'InfinityGi'],
  [Size.gibibytes(1e-7), '1e-7Gi'],
  [Size.kibibytes(1e21), '1e+21Ki'],
])('%j is no quantity', (size, text) => {
  expect(() => sizeToQuantity(size)).toThrow(
    new Error(`size '${text}' is not a quantity of Kubernetes: use a plain number in another unit`),
  );
});

test('a fraction of a byte cannot be told in bytes', () => {
  expect(() => sizeToBytes(Size.kibibytes(0.3))).toThrow(
    new Error("size '0.3Ki' is not a whole number of bytes: use a smaller unit or another number"),
  );
  expect(() => sizeToBytes(Size.kibibytes(NaN))).toThrow(
    new Error("size 'NaNKi' is not a whole number of bytes: use a smaller unit or another number"),
  );
  expect(() => sizeToBytes(Size.gibibytes(0.3))).toThrow(
    new Error("'0.3 gibibytes' cannot be converted into a whole number of kibibytes."),
  );
});

test('quantity and bytes of a size agree', () => {
  const amounts = fc.oneof(
    fc.nat(),
    fc.nat({ max: 4096 }).map((sixteenths) => sixteenths / 16),
  );
  fc.assert(
    fc.property(fc.constantFrom(...UNITS), amounts, (unit, amount) => {
      const size = unit.of(amount);
      const [, number, suffix] = /^([0-9.]+)(\D+)$/.exec(sizeToQuantity(size)) ?? [];
      expect(suffix).toBe(unit.suffix);
      expect(sizeToBytes(size)).toBe(Number(number) * unit.bytes);
    }),
  );
});
