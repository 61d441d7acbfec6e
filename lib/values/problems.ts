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

/** A value as it is quoted in an error: short, on one line, control characters visible. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const visible = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  return `'${visible.length > 120 ? `${visible.slice(0, 117)}...` : visible}'`;
}
