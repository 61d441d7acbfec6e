import { type BootstrapOptions, observationsOf, quantileRatio, SHORTEST_SECONDS } from './bootstrap';
import type { Interval } from './interval';
import type { LatencyHistogram } from './latency-histogram';
import { pooledHistogram } from './pooled-histogram';
import { quantileFunction } from './quantiles';
import { quantileRatioOfRuns, spreadOfRuns } from './repeated-runs';

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
  /** The part by which runs of the same case differ at most: 0.1 is 10 %. @default - each case was run once */
  readonly spread?: number;
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
 * Compares a percentile of two cases, each of which was run once or several times. With several runs the interval allows for what runs of the same
 * differ by, too.
 */
export function latencyChange(
  before: readonly LatencyHistogram[],
  after: readonly LatencyHistogram[],
  percentile: number,
  { noise, bootstrap }: JudgingOptions,
): LatencyChange {
  const share = percentile / 100;
  const [old, young] = [pooledHistogram(before), pooledHistogram(after)];
  const [beforeSeconds, afterSeconds] = [old, young].map((runs) => quantileFunction(runs)(share)) as [number, number];
  const isRepeated = before.length + after.length > 2;
  const change = {
    percentile,
    beforeSeconds,
    afterSeconds,
    ratio: afterSeconds / Math.max(beforeSeconds, SHORTEST_SECONDS),
    ...(isRepeated && { spread: Math.max(spreadOfRuns(before, share), spreadOfRuns(after, share)) }),
  };
  const needed = Math.ceil(Number((OBSERVATIONS_BEYOND / (1 - share)).toFixed(6)));
  const { requestsPerObservation } = bootstrap;
  if ([...before, ...after].some((histogram) => observationsOf(histogram, requestsPerObservation) < needed)) {
    return { ...change, conclusion: Conclusion.TOO_FEW_REQUESTS, neededRequests: needed * requestsPerObservation };
  }
  const withinRuns = quantileRatio(old, young, share, bootstrap);
  // Runs may be alike by chance; that makes nothing surer than the requests do.
  const interval = isRepeated ? wider(withinRuns, quantileRatioOfRuns(before, after, share, bootstrap)) : withinRuns;
  return { ...change, interval, conclusion: conclusionOf(change.ratio, interval, noise, isRepeated) };
}

function wider(one: Interval, other: Interval): Interval {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}

function conclusionOf(ratio: number, { low, high }: Interval, noise: number, isRepeated: boolean): Conclusion {
  // As many times as long in one direction as in the other.
  const [shorter, longer] = [1 / (1 + noise), 1 + noise];
  // What one run each cannot show, a machine that changes in between, has to be allowed for beside the interval.
  const [lessThan, moreThan] = isRepeated ? [1, 1] : [shorter, longer];
  if (high < lessThan && ratio < shorter) return Conclusion.FASTER;
  if (low > moreThan && ratio > longer) return Conclusion.SLOWER;
  return low >= shorter && high <= longer ? Conclusion.SAME : Conclusion.UNDECIDED;
}
