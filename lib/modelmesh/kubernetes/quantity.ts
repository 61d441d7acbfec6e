const NANO_DIGITS = 9;
/** The largest quantity that Kubernetes holds, in billionths: larger ones are cut to it. */
const LARGEST = (2n ** 63n - 1n) * 10n ** BigInt(NANO_DIGITS);
const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const PARTS = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)((?:[KMGTPE]i|[numkMGTPE])?|[eE][+-]?\d+)$/;

/**
 * A Kubernetes quantity (`500m`, `1.5Gi`, `2e3`, 4) in billionths of its unit, exactly; finer parts are rounded away from zero, as the API
 * server does. Undefined for what is no quantity.
 *
 * Source: `pkg/api/resource/quantity.go` of kubernetes/apimachinery.
 */
export function parseQuantity(quantity: unknown): bigint | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number' && typeof quantity !== 'bigint') return undefined;
  const [, sign, number, suffix] = PARTS.exec(String(quantity)) ?? [];
  if (number === undefined || suffix === undefined) return undefined;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  const power = BINARY.indexOf(suffix) + 1;
  const exponent = (power > 0 ? 0 : decimalExponent(suffix)) - fraction.length;
  const size = nanos(digits, exponent, 1024n ** BigInt(power));
  return sign === '-' ? -size : size;
}

function decimalExponent(suffix: string): number {
  return DECIMAL.get(suffix) ?? Number(suffix.slice(1));
}

// Without the early ends an exponent of a billion would take as many digits.
function nanos(digits: string, exponent: number, factor: bigint): bigint {
  const scale = exponent + NANO_DIGITS;
  if (digits === '0') return 0n;
  if (digits.length + scale > 40) return LARGEST;
  if (digits.length + scale < -40) return 1n;
  const product = BigInt(digits) * factor;
  const size = scale >= 0 ? product * 10n ** BigInt(scale) : dividedUp(product, 10n ** BigInt(-scale));
  return size < LARGEST ? size : LARGEST;
}

function dividedUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
