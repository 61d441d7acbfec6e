import type { Finding } from '../checks/finding';
import { Severity } from '../checks/rule';
import { groupBy } from '../values/group-by';

/** A rule as reports present it. */
export interface ReportedRule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Its page, in Markdown. @default - the page is not at hand */
  readonly page?: string;
}

/** What a run of the checks found. */
export interface Report {
  readonly findings: readonly Finding[];
  /** How many objects were checked. */
  readonly objects: number;
  /** How many files they are from. @default - constructs declare them */
  readonly files?: number;
}

/** How many findings there are of each severity. */
export function countsOf(findings: readonly Finding[]): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(({ severity }) => severity === Severity.ERROR).length;
  return { errors, warnings: findings.length - errors };
}

/** The last line of a report: `3 errors, 1 warning in 12 objects of 4 files`. */
export function summaryLine({ findings, objects, files }: Report): string {
  const { errors, warnings } = countsOf(findings);
  const found = [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])];
  const place = `${count(objects, 'object')}${files === undefined ? '' : ` of ${count(files, 'file')}`}`;
  return `${found.length === 0 ? 'no errors' : found.join(', ')} in ${place}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * Findings in the order of a report: file by file as they come, in a file from top to bottom; those of constructs stay in their order.
 */
export function inReportOrder(findings: readonly Finding[]): Finding[] {
  return [...groupBy(findings, ({ file }) => file)].flatMap(([file, group]) => (file === undefined ? group : group.sort(byPosition)));
}

function byPosition(a: Finding, b: Finding): number {
  return (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0);
}
