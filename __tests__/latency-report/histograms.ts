import { randomLcg, randomNormal } from 'd3-random';
import type { LatencyHistogram } from '../../lib/latency-report/latency-histogram';

// The limits of fortio's buckets, as multiples of its resolution (`histogramBucketValues` in stats/stats.go).
const LIMITS = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100],
  ...[120, 140, 160, 180, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 2000, 3000, 4000, 5000, 7500, 10000],
  ...[20000, 30000, 40000, 50000, 75000, 100000],
];

/** Latencies in seconds, counted as fortio counts them with `-r`. */
export function histogramOf(latencies: readonly number[], resolutionSeconds = 0.0001): LatencyHistogram {
  const limits = LIMITS.map((limit) => limit * resolutionSeconds);
  const counted = new Array<number>(limits.length + 1).fill(0);
  let [minSeconds, maxSeconds] = [Number.POSITIVE_INFINITY, 0];
  for (const seconds of latencies) {
    counted[bucketOf(seconds, limits)]! += 1;
    if (seconds < minSeconds) minSeconds = seconds;
    if (seconds > maxSeconds) maxSeconds = seconds;
  }
  const indexes = [...counted.keys()].filter((index) => counted[index]! > 0);
  const buckets = indexes.map((index, place) => ({
    startSeconds: place === 0 ? minSeconds : LIMITS[index - 1]! * resolutionSeconds,
    endSeconds: place === indexes.length - 1 ? maxSeconds : LIMITS[index]! * resolutionSeconds,
    count: counted[index]!,
  }));
  const avgSeconds = latencies.reduce((sum, seconds) => sum + seconds, 0) / latencies.length;
  const squares = latencies.reduce((sum, seconds) => sum + (seconds - avgSeconds) * (seconds - avgSeconds), 0);
  return {
    count: latencies.length,
    minSeconds,
    maxSeconds,
    avgSeconds,
    stdDevSeconds: Math.sqrt(squares / latencies.length),
    buckets,
    percentiles: [],
  };
}

/** Index of the first limit that is no less, and at least 1. */
function bucketOf(seconds: number, limits: readonly number[]): number {
  let [low, high] = [1, limits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Sampling {
  readonly seed: number;
  readonly count?: number;
  readonly medianSeconds?: number;
  /** Of the logarithm. */
  readonly spread?: number;
  /** How much of a latency's logarithm the next one keeps: 0 for independent ones. */
  readonly memory?: number;
}

/** Latencies whose logarithms have a normal distribution, as those of servers nearly have. */
export function sample({ seed, count = 6000, medianSeconds = 0.0047, spread = 0.4, memory = 0 }: Sampling): number[] {
  const source = randomLcg(seed / 1_000_003);
  const normal = randomNormal.source(source)();
  const { exp } = Math; // many are drawn, and Jest makes every look at a global slow
  const fresh = Math.sqrt(1 - memory * memory);
  const latencies: number[] = [];
  for (let state = normal(); latencies.length < count; state = memory * state + fresh * normal()) {
    latencies.push(medianSeconds * exp(spread * state));
  }
  return latencies;
}
