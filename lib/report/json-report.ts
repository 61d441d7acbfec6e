import { pageOf } from '../checks/finding';
import { type Report, countsOf, inReportOrder } from './report';

/**
 * The report for programs. Its shape is stable: within `version` 1, fields are added at most. `object`, `field`, `file`, `line`, `column`
 * and `constructPath` are left out where they are not known.
 */
export function jsonReport(report: Report, toolVersion: string): string {
  const { errors, warnings } = countsOf(report.findings);
  const findings = inReportOrder(report.findings).map(({ position, code, severity, message, object, field, file, constructPath }) => ({
    code,
    severity,
    message,
    object,
    field,
    file,
    line: position?.line,
    column: position?.column,
    constructPath,
    page: pageOf(code),
  }));
  const summary = { errors, warnings, objects: report.objects, files: report.files };
  return `${JSON.stringify({ version: 1, tool: { name: 'cdk8s-modelmesh', version: toolVersion }, summary, findings }, undefined, 2)}\n`;
}
