import { answerSizes, type JudgedRun } from './judge-run';
import { PROBES } from './probe-model';

interface Percentiles {
  readonly DurationHistogram: { readonly Percentiles: readonly { readonly Percentile: number; readonly Value: number }[] | null };
}

/** What is said of a run of one model. */
export function runLines(modelName: string, run: JudgedRun, json: string, output: string, isComplete: boolean): string[] {
  const { result, flaws, warnings } = run;
  const verdict = flaws.length === 0 ? 'sound' : 'NO RESULT';
  const lines = [`${modelName}: ${verdict}, fortio's JSON is in ${output}`];
  if (result !== undefined) {
    const { latency, actualQps } = result;
    lines.push(`  ${latency.count} requests, ${actualQps.toFixed(1)} a second; ${percentiles(json)}`);
  }
  lines.push(...flaws.map((flaw) => `  ${flaw}`), ...warnings.map((warning) => `  warning: ${warning}`));
  const sizes = result === undefined ? undefined : answerSizes(json);
  if (sizes !== undefined && isComplete) {
    lines.push(
      `  checked: the status of all ${result!.latency.count} requests, the model in ${PROBES} answers before and ${PROBES} after; ` +
        `answers of ${sizes.smallest} to ${sizes.largest} bytes`,
    );
  }
  return lines;
}

function percentiles(json: string): string {
  const { DurationHistogram: histogram } = JSON.parse(json) as Percentiles;
  return (histogram.Percentiles ?? [])
    .filter(({ Percentile: percentile }) => [50, 90, 99].includes(percentile))
    .map(({ Percentile: percentile, Value: seconds }) => `p${percentile} ${(seconds * 1000).toFixed(2)} ms`)
    .join(', ');
}
