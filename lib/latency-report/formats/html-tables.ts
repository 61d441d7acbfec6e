import type { LatencyReport } from '../latency-report';
import { type Markup, markup } from '../markup';
import { CONCLUSION_NAMES, type LatencyCell, latencyRows, runRows } from '../tables';

/** The percentiles of all cases, with what they differ from the first one. */
export function latencyTable(report: LatencyReport): Markup {
  const [first, ...others] = report.cases.map(({ name }) => name);
  const caption = `Latencies, and how those of ${others.join(', ')} differ from ${first ?? ''}: the difference, the range in which it is, and what that tells.`;
  const rows = latencyRows(report).map(({ name, cells }) => row(name, cells.map(latencyCell)));
  return table({ id: 'latency-table', className: 'latencies', caption, report, rows });
}

/** What else there is to know of the runs. */
export function runTable(report: LatencyReport): Markup {
  const rows = runRows(report).map(({ name, cells }) =>
    row(
      name,
      cells.map((cell) => markup`<td>${cell}</td>`),
    ),
  );
  return table({ id: 'run-table', className: 'runs', caption: 'What fortio says of the runs.', report, rows });
}

interface Table {
  readonly id: string;
  readonly className: string;
  readonly caption: string;
  readonly report: LatencyReport;
  readonly rows: readonly Markup[];
}

function table({ id, className, caption, report, rows }: Table): Markup {
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}">
<table class="${className}">
<caption id="${id}">${caption}</caption>
<thead><tr><td></td>${report.cases.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody>
</table>
</div>`;
}

function row(name: string, cells: readonly Markup[]): Markup {
  return markup`<tr><th scope="row">${name}</th>${cells}</tr>`;
}

function latencyCell({ value, difference, range, conclusion }: LatencyCell): Markup {
  if (difference === undefined || conclusion === undefined) return markup`<td>${value}</td>`;
  const where = range === undefined ? '' : ` (${range})`;
  return markup`<td>${value} <span class="change ${conclusion}">${difference}${where}, ${CONCLUSION_NAMES[conclusion]}</span></td>`;
}
