import type { LatencyBucket, LatencyHistogram } from './latency-histogram';

/**
 * The latency that a share of the requests does not exceed, as a function of the share, 0 to 1. Within a bucket it grows evenly: so fortio
 * reckons it too, and the numbers are those that fortio prints.
 *
 * Source: `CalcPercentile` in stats/stats.go of github.com/fortio/fortio.
 */
export function quantileFunction({ buckets, count, minSeconds, maxSeconds }: LatencyHistogram): (share: number) => number {
  const upTo = cumulativeShares(buckets, count);
  // The shortest latency is one request.
  const first = 1 / count;
  return (share) => {
    if (share <= first) return minSeconds;
    const index = indexAt(upTo, share);
    const bucket = buckets[index];
    if (bucket === undefined) return maxSeconds;
    const below = index === 0 ? first : upTo[index - 1]!;
    return bucket.startSeconds + ((share - below) / (upTo[index]! - below)) * (bucket.endSeconds - bucket.startSeconds);
  };
}

/** The bucket that the latency of a share falls into: where in it, fortio did not keep. */
export function bucketAt({ buckets, count }: LatencyHistogram, share: number): LatencyBucket {
  return buckets[indexAt(cumulativeShares(buckets, count), share)] ?? buckets[buckets.length - 1]!;
}

/** The share of all requests that is in each bucket or one before it. */
export function cumulativeShares(buckets: readonly LatencyBucket[], count: number): readonly number[] {
  let counted = 0;
  return buckets.map((bucket) => (counted += bucket.count) / count);
}

/** Index of the first bucket up to which there is that share. */
function indexAt(upTo: readonly number[], share: number): number {
  let [low, high] = [0, upTo.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (upTo[middle]! < share) low = middle + 1;
    else high = middle;
  }
  return low;
}
