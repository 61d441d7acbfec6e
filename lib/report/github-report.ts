import { type Report, inReportOrder, summaryLine } from './report';
import { visible } from './visible';

/**
 * The report as workflow commands, which GitHub Actions shows beside the lines of a pull request.
 *
 * Source: packages/core/src/command.ts of actions/toolkit.
 */
export function githubReport(report: Report): string {
  const lines = inReportOrder(report.findings).map(({ severity, code, message, file, position, object, constructPath }) => {
    const properties = {
      file,
      line: position?.line,
      col: position?.column,
      title: object === undefined ? code : `${code} ${object}`,
    };
    const list = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${property(String(value))}`);
    return `::${severity} ${list.join(',')}::${data(`${constructPath === undefined ? '' : `[${constructPath}] `}${message}`)}`;
  });
  return `${[...lines, visible(summaryLine(report))].join('\n')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
