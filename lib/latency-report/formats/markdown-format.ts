import { visible } from '../../report/visible';
import type { LatencyReport } from '../latency-report';
import { readingNotes } from '../reading-notes';
import { CONCLUSION_NAMES, type LatencyCell, latencyRows, runRows, caseDifferences } from '../tables';

/** The report as a comment of a pull request: Markdown of GitHub and GitLab. */
export function markdownFormat(report: LatencyReport): string {
  const names = report.cases.map(({ name }) => escape(name));
  const latencies = latencyRows(report).map(({ name, cells }) => [name, ...cells.map(cellText)]);
  const runs = runRows(report).map(({ name, cells }) => [name, ...cells.map(escape)]);
  const differences = caseDifferences(report).map((text) => `- ${escape(text)}`);
  const parts = [
    '### Latency report',
    ...report.comparisons.map(({ verdict: { headline, details } }) =>
      [`**${escape(headline)}**`, ...(details.length > 0 ? ['', ...details.map((detail) => `- ${escape(detail)}`)] : [])].join('\n'),
    ),
    table(['', ...names], latencies),
    ...(differences.length > 0 ? [`What else differs:\n\n${differences.join('\n')}`] : []),
    `<details><summary>The runs</summary>\n\n${table(['', ...names], runs)}\n\n</details>`,
    `<details><summary>How to read this</summary>\n\n${readingNotes(report)
      .map(({ question, answer }) => `- **${question}** ${escape(answer)}`)
      .join('\n')}\n\n</details>`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function cellText({ value, difference, range, conclusion }: LatencyCell): string {
  const judged = conclusion === undefined ? '' : `, ${CONCLUSION_NAMES[conclusion]}`;
  return [value, ...(difference === undefined ? [] : [`${difference}${range === undefined ? '' : ` (${range})`}${judged}`])].join('<br>');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

// Names of files and labels are anything; only what Markdown would take for its own is escaped.
function escape(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~#&]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//');
}
