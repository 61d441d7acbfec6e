/**
 * What kubectl and Argo CD take a plain scalar for, one without quotes and tag: they read YAML with go-yaml v2, which is neither YAML 1.1
 * nor 1.2. `yes`, `on` and `y` are booleans, `0777` and `0o777` octal numbers; but dates stay text, and so does `1:30`.
 *
 * Source: resolve.go of go.yaml.in/yaml/v2, which sigs.k8s.io/yaml uses.
 */
export function plainScalar(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^\.[0-9]/.test(text)) return decimal(text.replaceAll('_', ''), text);
  if (!/^[-+0-9]/.test(text)) return text;
  const digits = text.replaceAll('_', '');
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(digits);
  if (match === null) return decimal(digits, text);
  const isNegative = match[1] === '-';
  const number = wholeNumber(match[2]!);
  if (number === undefined || (isNegative && number > 2 ** 63)) return decimal(digits, text);
  return isNegative && number !== 0 ? -number : number;
}

const words = <T>(value: T, text: string): [string, T][] => text.split(' ').map((word) => [word, value]);

const WORDS: ReadonlyMap<string, number | boolean | null> = new Map<string, number | boolean | null>([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ['', null],
  ...words(null, '~ null Null NULL'),
  ...words(NaN, '.nan .NaN .NAN'),
  ...words(Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(-Infinity, '-.inf -.Inf -.INF'),
]);

// The largest that fit into Go's unsigned 64 bits.
const LONGEST = { 2: 64, 8: 22, 16: 16 } as const;

function wholeNumber(text: string): number | undefined {
  const match = /^0([xXbBoO]?)0*(.*)$/.exec(text);
  if (match === null || text === '0') return Number(text);
  const base = /[xX]/.test(match[1]!) ? 16 : /[bB]/.test(match[1]!) ? 2 : 8;
  if (match[2]!.length > LONGEST[base]) return undefined;
  return match[2] === '' ? 0 : parseInt(match[2]!, base);
}

function decimal(digits: string, text: string): string | number {
  if (!/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits)) return text;
  const number = Number(digits);
  return Number.isFinite(number) ? number : text;
}
