import type { Finding } from '../checks/finding';
import { visible } from './visible';

/** A finding on one line: where, how bad, which rule, what and how to mend it. */
export function findingLine(finding: Finding, paint: (text: string) => string = (text) => text): string {
  return `${visible(placeOf(finding))}${paint(finding.severity)} ${finding.code}: ${visible(finding.message)}`;
}

function placeOf({ file, position, constructPath }: Finding): string {
  if (file !== undefined) return `${file}${position === undefined ? '' : `:${position.line}:${position.column}`}: `;
  return constructPath === undefined ? '' : `[${constructPath}] `;
}
