/**
 * How a string is written so that every YAML reader takes it for that very string: YAML 1.1 (Argo CD and kubectl, whose Go reader is a
 * mixture of both versions), YAML 1.2 and PyYAML. The rule is a list of what is known to be safe; all else goes into quotes.
 */

// A letter or a slash never begins a number, a date, a merge key or an indicator.
const PLAIN_VALUE = /^[A-Za-z/][\x20-\x7e]*$/;
const PLAIN_KEY = /^[A-Za-z/][A-Za-z0-9_./-]*$/;
// ': ' and a colon at the end make a key, ' #' begins a comment, and a space at the end is lost.
const CUTS_PLAIN = /: | #|[: ]$/;
// Resource quantities and durations: a digit at the beginning, but no reader takes them for a number.
const QUANTITY = /^[0-9]+(Ki|Mi|Gi|Ti|Pi|m|s|ms|h)$/;
// The last one is an exponent without a number: one reader takes it for a float.
const RESERVED = /^(y|n|yes|no|on|off|true|false|null|inf|nan|e[-+]?[0-9]+)$/i;

// What JSON leaves as it is, but a YAML reader takes for a line break, refuses, or a human cannot see (bidirectional controls).
const NEEDS_ESCAPE =
  /[\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff]/;
const NEEDS_ESCAPE_ALL = new RegExp(NEEDS_ESCAPE, 'g');

// JSON and regular expressions: nothing in them has to be escaped there.
const READS_BETTER_IN_SINGLE_QUOTES = /^(?=.*["\\])[\x20-\x26\x28-\x7e]*$/;

// A block begins with a visible character, so that its indentation is unmistakable, and no line of it ends in white space, which editors
// and reviewers lose.
const BLOCK = /^[^\s][^]*\n/;
const CUTS_BLOCK = /[^\S\n](?:\n|$)|[\0-\x08\x0b-\x1f]/;

/** The text of a map key. */
export function writeKey(key: string): string {
  return PLAIN_KEY.test(key) && !RESERVED.test(key) ? key : writeQuoted(key);
}

/**
 * The text of a string value. Text of several lines becomes a literal block, all other text stays on one line.
 *
 * @param indent the white space before every line of a block
 */
export function writeString(value: string, indent: string): string {
  if (PLAIN_VALUE.test(value) && !CUTS_PLAIN.test(value) && !RESERVED.test(value)) return value;
  if (QUANTITY.test(value)) return value;
  if (BLOCK.test(value) && !CUTS_BLOCK.test(value) && !NEEDS_ESCAPE.test(value)) return writeBlock(value, indent);
  return writeQuoted(value);
}

/** The text of a finite number: an exponent gets a fraction and a sign, without which YAML 1.1 takes it for a string. */
export function writeNumber(value: number): string {
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function writeQuoted(value: string): string {
  if (READS_BETTER_IN_SINGLE_QUOTES.test(value)) return `'${value}'`;
  return JSON.stringify(value).replaceAll(NEEDS_ESCAPE_ALL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function writeBlock(value: string, indent: string): string {
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const header = body === value ? '|-' : body.endsWith('\n') ? '|+' : '|';
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `${header}\n${lines.join('\n')}`;
}
