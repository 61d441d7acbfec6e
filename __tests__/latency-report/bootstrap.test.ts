import { randomLcg } from 'd3-random';
import { type BootstrapOptions, observationsOf, quantileRatio } from '../../lib/latency-report/bootstrap';
import type { LatencyHistogram } from '../../lib/latency-report/latency-histogram';
import { quantileFunction } from '../../lib/latency-report/quantiles';
import { histogramOf, sample } from './histograms';

const OPTIONS: BootstrapOptions = { draws: 2000, confidence: 0.95, requestsPerObservation: 1, seed: 0.5 };
const before = histogramOf(sample({ seed: 1, count: 400 }));
const after = histogramOf(sample({ seed: 2, count: 400 }));

/** The same without the shortcut: whole resamples are drawn, sorted, and read at the share. */
function bruteForce(share: number): { low: number; high: number } {
  const source = randomLcg(0.25);
  const resampled = (histogram: LatencyHistogram): number => {
    const quantile = quantileFunction(histogram);
    const drawn = Array.from({ length: histogram.count }, () => quantile(source())).sort((a, b) => a - b);
    const place = share * (drawn.length + 1) - 1;
    const [low, high] = [drawn[Math.floor(place)]!, drawn[Math.ceil(place)]!];
    return low + (high - low) * (place - Math.floor(place));
  };
  const ratios = Array.from({ length: 1000 }, () => resampled(after) / resampled(before)).sort((a, b) => a - b);
  return { low: ratios[25]!, high: ratios[974]! };
}

describe('the interval of a ratio', () => {
  test.each([0.5, 0.9, 0.97])('at %d is that of whole resamples', (share) => {
    const [quick, thorough] = [quantileRatio(before, after, share, OPTIONS), bruteForce(share)];
    expect(Math.abs(quick.low - thorough.low)).toBeLessThan(0.2 * (thorough.high - thorough.low));
    expect(Math.abs(quick.high - thorough.high)).toBeLessThan(0.2 * (thorough.high - thorough.low));
  });

  test('is the same each time, and another with another seed', () => {
    expect(quantileRatio(before, after, 0.5, OPTIONS)).toEqual(quantileRatio(before, after, 0.5, OPTIONS));
    expect(quantileRatio(before, after, 0.5, { ...OPTIONS, seed: 0.6 })).not.toEqual(quantileRatio(before, after, 0.5, OPTIONS));
  });

  test('is twice as wide with a quarter of the observations, and wider when it has to be surer', () => {
    const width = (changes: Partial<BootstrapOptions>): number => {
      const { low, high } = quantileRatio(before, after, 0.5, { ...OPTIONS, ...changes });
      return high - low;
    };
    const ratio = width({ requestsPerObservation: 4 }) / width({});
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2.3);
    expect(width({ confidence: 0.99 })).toBeGreaterThan(width({}));
  });

  test('holds the true ratio as often as it says', () => {
    let held = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const [a, b] = [
        histogramOf(sample({ seed, count: 500 })),
        histogramOf(sample({ seed: seed + 1000, count: 500, medianSeconds: 0.0047 * 1.2 })),
      ];
      const { low, high } = quantileRatio(a, b, 0.5, { ...OPTIONS, draws: 600 });
      if (low <= 1.2 && high >= 1.2) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(184);
    expect(held).toBeLessThanOrEqual(199);
  });

  test('has a value where fortio rounded latencies to nothing', () => {
    const nothing: LatencyHistogram = {
      ...before,
      minSeconds: 0,
      maxSeconds: 0,
      buckets: [{ startSeconds: 0, endSeconds: 0, count: before.count }],
    };
    expect(quantileRatio(nothing, nothing, 0.5, OPTIONS)).toEqual({ low: 1, high: 1 });
    expect(quantileRatio(nothing, before, 0.5, OPTIONS).low).toBeGreaterThan(1);
  });

  test('a run has at least one observation', () => {
    expect(observationsOf(before, 4)).toBe(100);
    expect(observationsOf({ ...before, count: 3 }, 4)).toBe(1);
  });
});
