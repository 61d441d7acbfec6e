import type { LatencyBucket, LatencyHistogram } from './latency-histogram';

/** The requests of several runs as one histogram. Where limits of buckets differ, requests are taken to be spread evenly within each. */
export function pooledHistogram(histograms: readonly LatencyHistogram[]): LatencyHistogram {
  const [first, ...others] = histograms;
  if (first !== undefined && others.length === 0) return first;
  const count = sum(histograms.map((histogram) => histogram.count));
  const avgSeconds = sum(histograms.map((histogram) => histogram.avgSeconds * histogram.count)) / count;
  const squares = sum(histograms.map((one) => (one.stdDevSeconds ** 2 + (one.avgSeconds - avgSeconds) ** 2) * one.count));
  return {
    count,
    minSeconds: Math.min(...histograms.map(({ minSeconds }) => minSeconds)),
    maxSeconds: Math.max(...histograms.map(({ maxSeconds }) => maxSeconds)),
    avgSeconds,
    stdDevSeconds: Math.sqrt(squares / count),
    buckets: pooledBuckets(histograms.flatMap(({ buckets }) => buckets)),
    percentiles: [],
  };
}

function pooledBuckets(buckets: readonly LatencyBucket[]): readonly LatencyBucket[] {
  const limits = [...new Set(buckets.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]))].sort((a, b) => a - b);
  const pooled: LatencyBucket[] = [];
  for (const [index, startSeconds] of limits.entries()) {
    // What has no width is between two limits that are the same.
    const points = sum(
      buckets.filter((bucket) => bucket.startSeconds === startSeconds && bucket.endSeconds === startSeconds).map(({ count }) => count),
    );
    if (points > 0) pooled.push({ startSeconds, endSeconds: startSeconds, count: points });
    const endSeconds = limits[index + 1];
    if (endSeconds === undefined) continue;
    const count = sum(
      buckets
        .filter((bucket) => bucket.startSeconds <= startSeconds && bucket.endSeconds >= endSeconds)
        .map((bucket) => (bucket.count * (endSeconds - startSeconds)) / (bucket.endSeconds - bucket.startSeconds)),
    );
    if (count > 0) pooled.push({ startSeconds, endSeconds, count });
  }
  return pooled;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
