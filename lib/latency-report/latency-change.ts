import { type BootstrapOptions, type Interval, observationsOf, quantileRatio, SHORTEST_SECONDS } from './bootstrap';
import type { LatencyHistogram } from './latency-histogram';
import { pooledHistogram } from './pooled-histogram';
import { quantileFunction } from './quantiles';

/** What can be said of a difference. */
export enum Conclusion {
  /** Shorter, by more than what counts as noise. */
  FASTER = 'faster',
  /** Longer, by more than what counts as noise. */
  SLOWER = 'slower',
  /** Whatever the difference is, it is no more than what counts as noise. */
  SAME = 'same',
  /** It may be noise, and it may be more. */
  UNDECIDED = 'undecided',
  /** The runs have too few requests above the percentile to say anything. */
  TOO_FEW_REQUESTS = 'tooFewRequests',
}

/** How a percentile differs between two cases. */
export interface LatencyChange {
  /** From 0 to 100. */
  readonly percentile: number;
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
  /** How many times as long: 0.8 is 20 % shorter. */
  readonly ratio: number;
  /** Where the ratio is. @default - there are too few requests */
  readonly interval?: Interval;
  /** What counts as noise here: the part by which runs of the same case differ, or what was asked for if that is more. */
  readonly noise: number;
  readonly conclusion: Conclusion;
  /** How many requests each run needs. @default - there are enough */
  readonly neededRequests?: number;
}

/** How differences are judged. */
export interface JudgingOptions {
  /** Differences up to this part are noise, whatever the intervals say: 0.05 is 5 %. */
  readonly noise: number;
  readonly bootstrap: BootstrapOptions;
}

/** Percentiles that are compared. */
export const PERCENTILES: readonly number[] = [50, 75, 90, 99, 99.9];

// With fewer beyond the percentile, the longest of all decides, and its place in a resample tells little.
const OBSERVATIONS_BEYOND = 10;

/**
 * Compares a percentile of two cases, each of which was run once or several times. A difference has to be there whichever run of the one is compared with
 * whichever of the other, and be more than runs of the same case differ by.
 */
export function latencyChange(
  before: readonly LatencyHistogram[],
  after: readonly LatencyHistogram[],
  percentile: number,
  { noise: leastNoise, bootstrap }: JudgingOptions,
): LatencyChange {
  const share = percentile / 100;
  const [beforeSeconds, afterSeconds] = [before, after].map((runs) => quantileFunction(pooledHistogram(runs))(share)) as [number, number];
  const noise = Math.max(leastNoise, spread(before, share), spread(after, share));
  const change = { percentile, beforeSeconds, afterSeconds, ratio: afterSeconds / Math.max(beforeSeconds, SHORTEST_SECONDS), noise };
  const needed = Math.ceil(Number((OBSERVATIONS_BEYOND / (1 - share)).toFixed(6)));
  const { requestsPerObservation } = bootstrap;
  if ([...before, ...after].some((histogram) => observationsOf(histogram, requestsPerObservation) < needed)) {
    return { ...change, conclusion: Conclusion.TOO_FEW_REQUESTS, neededRequests: needed * requestsPerObservation };
  }
  const intervals = before.flatMap((one) => after.map((other) => quantileRatio(one, other, share, bootstrap)));
  const interval = { low: Math.min(...intervals.map(({ low }) => low)), high: Math.max(...intervals.map(({ high }) => high)) };
  return { ...change, interval, conclusion: conclusionOf(interval, noise, leastNoise) };
}

/** By which part runs of the same case differ at most. */
function spread(runs: readonly LatencyHistogram[], share: number): number {
  const values = runs.map((run) => Math.max(quantileFunction(run)(share), SHORTEST_SECONDS));
  return Math.max(...values) / Math.min(...values) - 1;
}

function conclusionOf({ low, high }: Interval, noise: number, leastNoise: number): Conclusion {
  // As many times as long in one direction as in the other.
  if (high < 1 / (1 + noise)) return Conclusion.FASTER;
  if (low > 1 + noise) return Conclusion.SLOWER;
  // That runs of the same differ a lot does not make two cases the same.
  return low >= 1 / (1 + leastNoise) && high <= 1 + leastNoise ? Conclusion.SAME : Conclusion.UNDECIDED;
}
