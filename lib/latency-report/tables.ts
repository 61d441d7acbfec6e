import type { FortioResult } from './fortio-result';
import { Conclusion, type LatencyChange, PERCENTILES } from './latency-change';
import type { LatencyReport, MeasuredCase } from './latency-report';
import type { LatencyHistogram } from './latency-histogram';
import { count, difference, millis, percent, seconds, threeDigits } from './numbers';
import { bucketAt, quantileFunction } from './quantiles';

/** A latency of one case, and how it differs from that of the first one. */
export interface LatencyCell {
  readonly value: string;
  /** @default - the first case, or one that is no result */
  readonly difference?: string;
  /** Where the difference is. @default - it is not known */
  readonly range?: string;
  /** @default - nothing is concluded */
  readonly conclusion?: Conclusion;
}

/** A percentile, or another figure of the latencies, of all cases. */
export interface LatencyRow {
  readonly name: string;
  readonly cells: readonly LatencyCell[];
}

/** Something about the runs of all cases that is not compared. */
export interface RunRow {
  readonly name: string;
  readonly cells: readonly string[];
}

/** The latencies of all cases, in the order of the report. */
export function latencyRows({ cases, comparisons }: LatencyReport): readonly LatencyRow[] {
  const percentiles = PERCENTILES.map((percentile, index) => ({
    name: `p${percentile}`,
    cells: cases.map(({ latency }, place) => {
      const value = millis(quantileFunction(latency)(percentile / 100));
      const change = place === 0 ? undefined : comparisons[place - 1]!.changes[index];
      return change === undefined ? { value } : { value, ...changeCell(change) };
    }),
  }));
  const plain = (name: string, of: (latency: LatencyHistogram) => number): LatencyRow => ({
    name,
    cells: cases.map(({ latency }) => ({ value: millis(of(latency)) })),
  });
  return [...percentiles, plain('longest', ({ maxSeconds }) => maxSeconds), plain('average', ({ avgSeconds }) => avgSeconds)];
}

function changeCell({ ratio, interval, conclusion }: LatencyChange): Omit<LatencyCell, 'value'> {
  const range = interval === undefined ? undefined : `${difference(interval.low)} to ${difference(interval.high)}`;
  return { difference: difference(ratio), range, conclusion };
}

/** What a conclusion is called in a table. */
export const CONCLUSION_NAMES: { readonly [conclusion in Conclusion]: string } = {
  [Conclusion.FASTER]: 'faster',
  [Conclusion.SLOWER]: 'slower',
  [Conclusion.SAME]: 'same',
  [Conclusion.UNDECIDED]: 'may be noise',
  [Conclusion.TOO_FEW_REQUESTS]: 'too few requests',
};

/** What else there is to know of the runs: of each of a case, where they differ. */
export function runRows({ cases }: LatencyReport): readonly RunRow[] {
  const row = (name: string, of: (run: FortioResult) => string): RunRow => ({
    name,
    cells: cases.map(({ results }) => [...new Set(results.map(of))].join(', ')),
  });
  const isResult = { name: 'result', cells: cases.map(({ flaws }: MeasuredCase) => (flaws.length === 0 ? 'yes' : 'no')) };
  return [
    isResult,
    { name: 'runs', cells: cases.map(({ results }) => String(results.length)) },
    row('requests', ({ latency }) => String(latency.count)),
    row('errors', ({ errors, latency }) => (errors === 0 ? '0' : `${errors} (${percent(errors / latency.count)})`)),
    row('statuses', ({ returnCodes }) =>
      Object.entries(returnCodes)
        .map(([code, times]) => `${code}: ${times}`)
        .join(' + '),
    ),
    row('requests a second', ({ actualQps, requestedQps }) => `${threeDigits(actualQps)} of ${requestedQps ?? 'as many as possible'}`),
    row('duration', ({ durationNanos }) => seconds(durationNanos)),
    row('threads', ({ threads }) => String(threads)),
    row('connections', ({ sockets }) => (sockets === undefined ? '' : String(sockets))),
    row('bucket of p50', bucketText),
    row('began', ({ startTime }) => (startTime ?? '').replace(/\.\d+/, '')),
    row('label', ({ labels }) => labels),
    row('called', ({ runType, url }) => `${runType} ${url}`.trim()),
    row('fortio', ({ version }) => version ?? ''),
    row('file', ({ file }) => file),
  ].filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function bucketText({ latency }: FortioResult): string {
  const { startSeconds, endSeconds } = bucketAt(latency, 0.5);
  return `${millis(startSeconds)} to ${millis(endSeconds)}`;
}

/** What else than the routing may make the cases differ. */
export function caseDifferences({ comparisons }: LatencyReport): readonly string[] {
  return comparisons.flatMap(({ before, after, differences }) => differences.map((text) => `${before.name} and ${after.name}: ${text}.`));
}

/** What the report is about: `2 runs, 12000 requests`. */
export function subject({ cases }: LatencyReport): string {
  const results = cases.flatMap((one) => one.results);
  const requests = results.reduce((sum, { latency }) => sum + latency.count, 0);
  return `${cases.map(({ name }) => name).join(', ')}: ${count(results.length, 'run')}, ${count(requests, 'request')}`;
}
