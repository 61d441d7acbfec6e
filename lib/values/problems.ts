/**
 * Throws one error that lists every problem, so that a caller mends them all in one go.
 *
 * @param subject what the problems are about, e.g. `serving runtime 'my-runtime'`
 * @throws Error when `problems` is not empty
 */
export function throwProblems(subject: string, problems: readonly string[]): void {
  if (problems.length === 1) throw new Error(`${subject}: ${problems[0]}`);
  if (problems.length > 1) throw new Error(`${subject} has ${problems.length} problems:\n  - ${problems.join('\n  - ')}`);
}

/** The problems of a list of checks, without the checks that found nothing. */
export function collectProblems(...checks: readonly (string | undefined)[]): string[] {
  return checks.filter((problem): problem is string => problem !== undefined);
}

/** A value as it is quoted in an error: short, on one line, control characters and others that do not show written as escapes. */
export function quote(value: unknown): string {
  const visible = textOf(value).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escape);
  const characters = [...visible]; // by code points, so that the cut halves none
  return `'${characters.length > 120 ? `${characters.slice(0, 117).join('')}...` : visible}'`;
}

// JSON has no text for NaN, Infinity and bigints, and fails for objects that hold themselves.
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

const SHORT_ESCAPES: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return SHORT_ESCAPES[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}
