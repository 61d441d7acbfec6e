/**
 * Why RE2, the engine of Envoy and of Go, does not take a regular expression; undefined when nothing speaks against it.
 *
 * Only what is certain counts: parts that RE2 lacks on purpose, and what no engine takes.
 *
 * Source: https://github.com/google/re2/wiki/Syntax.
 */
export function re2Problem(regex: string): string | undefined {
  const bare = regex.replace(/\\Q([^]*?)(\\E|$)/g, '_').replace(/\\[^1-9]|\[\^?\]?(\\.|[^\]\\])*\]/g, '_');
  if (/\(\?<?[=!]/.test(bare)) return 'RE2 has no lookahead or lookbehind';
  if (/\\[1-9]/.test(bare)) return 'RE2 has no backreference';
  if (/\(\?>/.test(bare)) return 'RE2 has no atomic group';
  if (/([*+?]|\{\d+(,\d*)?\})\+/.test(bare)) return 'RE2 has no possessive quantifier';
  let depth = 0;
  for (const character of bare) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (depth !== 0) return 'its parentheses do not match';
  if (bare.includes('[')) return 'a bracket is not closed';
  if (/^[*+?]|[(|][*+]/.test(bare) && bare !== '*') return 'a quantifier has nothing to repeat';
  return undefined;
}
