import type { Finding } from '../checks/finding';

/** A finding on one line: where, how bad, which rule, what and how to mend it. */
export function findingLine(finding: Finding): string {
  return `${placeOf(finding)}${finding.severity} ${finding.code}: ${finding.message}`;
}

function placeOf({ file, position, constructPath }: Finding): string {
  if (file !== undefined) return `${file}${position === undefined ? '' : `:${position.line}:${position.column}`}: `;
  return constructPath === undefined ? '' : `[${constructPath}] `;
}
