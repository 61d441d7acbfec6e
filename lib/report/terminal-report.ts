import type { Finding } from '../checks/finding';
import { Severity } from '../checks/rule';
import { findingLine } from './finding-line';
import { type Report, inReportOrder, summaryLine } from './report';
import { visible } from './visible';

const PAINTS: { readonly [style: string]: (text: string) => string } = {
  [Severity.ERROR]: (text) => `\u001b[31m${text}\u001b[39m`,
  [Severity.WARNING]: (text) => `\u001b[33m${text}\u001b[39m`,
  heading: (text) => `\u001b[1m${text}\u001b[22m`,
};

/** The report for people: findings below the objects that they are about, and a summary as the last line. */
export function terminalReport(report: Report, isColored = false): string {
  const paint = (style: string): ((text: string) => string) => (isColored ? PAINTS[style]! : (text) => text);
  const findings = inReportOrder(report.findings);
  const lines = findings.flatMap((finding, index) => {
    const group = groupOf(finding);
    const line = `${group === '' ? '' : '  '}${findingLine(finding, paint(finding.severity))}`;
    if (index > 0 && groupOf(findings[index - 1]!) === group) return [line];
    return [...(index > 0 ? [''] : []), ...(group === '' ? [] : [paint('heading')(visible(group))]), line];
  });
  const end = findings.length === 0 ? [] : ['', `The first one is explained by: cdk8s-modelmesh rule ${findings[0]!.code}`];
  return `${[...lines, ...end, summaryLine(report)].join('\n')}\n`;
}

function groupOf({ file, object }: Finding): string {
  const parts = [object, file === undefined || object === undefined ? file : `in ${file}`];
  return parts.filter((part) => part !== undefined).join(' ');
}
