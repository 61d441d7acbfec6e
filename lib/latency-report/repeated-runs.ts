import { randomGamma, randomLcg, randomNormal } from 'd3-random';
import { type BootstrapOptions, SHORTEST_SECONDS } from './bootstrap';
import { type Interval, intervalOf } from './interval';
import type { LatencyHistogram } from './latency-histogram';
import { quantileFunction } from './quantiles';

/**
 * How many times as long a share of the requests takes in one case as in another, as an interval, by how much runs of the same case differ: Student's t for
 * two samples, where a run is one observation and counts with the logarithm of its latency. The more runs, the narrower it is.
 *
 * Both cases are taken to differ from themselves alike. So one of them may have been run once, when the other was run several times.
 *
 * @param before runs of a case, three at least together with `after`
 */
export function quantileRatioOfRuns(
  before: readonly LatencyHistogram[],
  after: readonly LatencyHistogram[],
  share: number,
  { draws, confidence, seed }: BootstrapOptions,
): Interval {
  const [old, young] = [before, after].map((runs) => logarithmsOf(runs, share)) as [number[], number[]];
  const freedom = old.length + young.length - 2;
  const variance = (squaredDeviations(old) + squaredDeviations(young)) / freedom;
  const error = Math.sqrt(variance * (1 / old.length + 1 / young.length));
  const source = randomLcg(seed);
  const normal = randomNormal.source(source)();
  // Chi-squared by its degrees of freedom.
  const scale = randomGamma.source(source)(freedom / 2, 2 / freedom);
  const centre = mean(young) - mean(old);
  const ratios = Float64Array.from({ length: draws }, () => Math.exp(centre + (error * normal()) / Math.sqrt(scale())));
  return intervalOf(ratios, confidence);
}

/** By which part runs of the same case differ at most: 0.1 is 10 %. */
export function spreadOfRuns(runs: readonly LatencyHistogram[], share: number): number {
  const logarithms = logarithmsOf(runs, share);
  return Math.exp(Math.max(...logarithms) - Math.min(...logarithms)) - 1;
}

function logarithmsOf(runs: readonly LatencyHistogram[], share: number): number[] {
  return runs.map((run) => Math.log(Math.max(quantileFunction(run)(share), SHORTEST_SECONDS)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
