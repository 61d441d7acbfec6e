import type { FortioResult } from '../../lib/latency-report/fortio-result';
import { type LatencyReport, latencyReport } from '../../lib/latency-report/latency-report';
import { histogramOf, type Sampling, sample } from './histograms';
import { fortioResult } from './runs';

/** A sound run with such latencies. */
export function run(sampling: Sampling, file: string, changes: { readonly [field: string]: unknown } = {}): FortioResult {
  const latency = histogramOf(sample({ count: 500, ...sampling }));
  return { ...fortioResult(changes, file), latency };
}

/** A run, and one that is faster. */
export function report(...more: readonly FortioResult[]): LatencyReport {
  const [before, after] = [run({ seed: 1 }, 'before.json'), run({ seed: 2, medianSeconds: 0.0032 }, 'after.json')];
  return latencyReport(
    [before, after, ...more].map((result) => [result]),
    { noise: 0.05, allowedErrors: 0 },
  );
}
