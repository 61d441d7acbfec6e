import { quote } from '../values/problems';
import type { FieldReader } from './json-fields';

/** How many requests took how long, between two limits. */
export interface LatencyBucket {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** More than 0. */
  readonly count: number;
}

/** A value that so many percent of the requests do not exceed. */
export interface LatencyPercentile {
  readonly percentile: number;
  readonly seconds: number;
}

/**
 * Latencies as fortio keeps them: not one by one, but counted in buckets that are some 10 to 25 % wide.
 *
 * Source: `HistogramData` in stats/stats.go of github.com/fortio/fortio.
 */
export interface LatencyHistogram {
  /** More than 0. */
  readonly count: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly avgSeconds: number;
  readonly stdDevSeconds: number;
  /** Those that hold something, in ascending order. The first begins at the shortest latency, the last one ends at the longest. */
  readonly buckets: readonly LatencyBucket[];
  /** Those that were asked for with `-p`, as fortio reckons them. */
  readonly percentiles: readonly LatencyPercentile[];
}

/** Reads `DurationHistogram`. What is wrong is in the reader's problems afterwards. */
export function readHistogram(field: FieldReader): LatencyHistogram {
  const before = field.problems.length;
  const buckets = field
    .at('Data')
    .list()
    .map((item) => ({ startSeconds: item.at('Start').number(), endSeconds: item.at('End').number(), count: item.at('Count').count() }));
  const percentiles = field.at('Percentiles').isMissing ? [] : field.at('Percentiles').list();
  const histogram = {
    count: field.at('Count').count(),
    minSeconds: field.at('Min').number(),
    maxSeconds: field.at('Max').number(),
    avgSeconds: field.at('Avg').number(),
    stdDevSeconds: field.at('StdDev').number(),
    buckets: buckets.filter(({ count }) => count !== 0),
    percentiles: percentiles.map((item) => ({ percentile: item.at('Percentile').number(), seconds: item.at('Value').number() })),
  };
  if (field.problems.length === before) reportContradictions(histogram, field);
  return histogram;
}

// Statistics of a file that contradicts itself would be wrong without a sign.
function reportContradictions({ count, minSeconds, maxSeconds, buckets }: LatencyHistogram, field: FieldReader): void {
  if (count === 0) return field.report(['Count'], 'the run has no requests: run it again, and for longer');
  const sum = buckets.reduce((total, bucket) => total + bucket.count, 0);
  if (sum !== count) {
    field.report(
      ['Count'],
      `DurationHistogram.Count is ${quote(count)}, and its buckets hold ${sum} requests: the file was changed or is incomplete`,
    );
  }
  let end = 0;
  for (const [index, { startSeconds, endSeconds }] of buckets.entries()) {
    const isFirst = index === 0;
    if (startSeconds < 0 || endSeconds < startSeconds || (!isFirst && startSeconds < end - ROUNDING)) {
      const bucket = quote(`${startSeconds} to ${endSeconds}`);
      field.report(['Data'], `DurationHistogram.Data has the bucket ${bucket}: buckets have to ascend from 0 on and may not overlap`);
      return;
    }
    end = endSeconds;
  }
  if (minSeconds < 0 || maxSeconds < minSeconds) {
    field.report(
      ['Min'],
      `DurationHistogram has Min ${quote(minSeconds)} and Max ${quote(maxSeconds)}: neither may be below 0, nor Max below Min`,
    );
  }
}

// Limits of buckets are products of binary fractions.
const ROUNDING = 1e-9;
