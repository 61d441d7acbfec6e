import { randomBeta, randomLcg } from 'd3-random';
import { type Interval, intervalOf } from './interval';
import type { LatencyHistogram } from './latency-histogram';
import { quantileFunction } from './quantiles';

/** How `quantileRatio` reckons. */
export interface BootstrapOptions {
  /** How often to draw, more than 0. */
  readonly draws: number;
  /** How sure the interval is to hold the true value, 0 to 1. */
  readonly confidence: number;
  /** So many requests tell as much as one that depends on no other; 1 or more. */
  readonly requestsPerObservation: number;
  /** From 0 to less than 1: the same seed gives the same interval. */
  readonly seed: number;
}

/** How many independent requests a run is worth. */
export function observationsOf({ count }: LatencyHistogram, requestsPerObservation: number): number {
  return Math.max(1, Math.floor(count / requestsPerObservation));
}

/**
 * How many times as long a share of the requests takes in one run as in another, as an interval: the percentile bootstrap.
 *
 * A resample draws as many requests as the run has observations, with replacement. Of such a resample only one request is needed, the one at the
 * rank of the share, and the place of that in the run has a Beta distribution (order statistics of a uniform sample), so that it can be drawn
 * alone, and a run of a million requests costs what one of a hundred does.
 */
export function quantileRatio(before: LatencyHistogram, after: LatencyHistogram, share: number, options: BootstrapOptions): Interval {
  const { draws, confidence, requestsPerObservation, seed } = options;
  const source = randomLcg(seed);
  const resampled = (histogram: LatencyHistogram): (() => number) => {
    const quantile = quantileFunction(histogram);
    const observations = observationsOf(histogram, requestsPerObservation);
    // The mean of the places is the share itself.
    const place = randomBeta.source(source)(share * (observations + 1), (1 - share) * (observations + 1));
    return () => Math.max(quantile(place()), SHORTEST_SECONDS);
  };
  const [drawBefore, drawAfter] = [resampled(before), resampled(after)];
  return intervalOf(
    Float64Array.from({ length: draws }, () => drawAfter() / drawBefore()),
    confidence,
  );
}

/** Where fortio rounded a latency to nothing, a ratio would have no value. */
export const SHORTEST_SECONDS = 1e-9;
