import fc from 'fast-check';
import { bucketAt, cumulativeShares, quantileFunction } from '../../lib/latency-report/quantiles';
import { histogramOf, sample } from './histograms';
import { fortioResult } from './runs';

// What `CalcPercentile` of fortio says for these three values, with a bucket each: its own documentation of it.
const THREE = {
  count: 3,
  minSeconds: 10,
  maxSeconds: 30,
  avgSeconds: 20,
  stdDevSeconds: 8,
  buckets: [
    { startSeconds: 10, endSeconds: 10, count: 1 },
    { startSeconds: 10, endSeconds: 20, count: 1 },
    { startSeconds: 20, endSeconds: 30, count: 1 },
  ],
  percentiles: [],
};

describe('the latency of a share', () => {
  test.each([
    [0, 10],
    [1 / 3, 10],
    [0.5, 15],
    [2 / 3, 20],
    [1, 30],
  ])('%d of three requests: %d', (share, seconds) => {
    expect(quantileFunction(THREE)(share)).toBeCloseTo(seconds, 9);
  });

  test('is what fortio says', () => {
    const { latency } = fortioResult();
    // min + (50 - 1) / (60 - 1) of the first bucket
    expect(quantileFunction(latency)(0.5)).toBeCloseTo(0.0011 + (49 / 59) * 0.0009, 12);
  });

  test('never falls, and stays between the shortest and the longest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 300 }), (seed, count) => {
        const histogram = histogramOf(sample({ seed, count }));
        const quantile = quantileFunction(histogram);
        const values = Array.from({ length: 101 }, (_, percentile) => quantile(percentile / 100));
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect([values[0], values[100]]).toEqual([histogram.minSeconds, histogram.maxSeconds]);
      }),
    );
  });

  test('is within the bucket of the share', () => {
    const histogram = histogramOf(sample({ seed: 1, count: 500 }));
    for (const share of [0.01, 0.25, 0.5, 0.9, 0.99, 1]) {
      const { startSeconds, endSeconds } = bucketAt(histogram, share);
      expect(quantileFunction(histogram)(share)).toBeGreaterThanOrEqual(startSeconds);
      expect(quantileFunction(histogram)(share)).toBeLessThanOrEqual(endSeconds);
    }
  });

  test('the shares of the buckets add up to all', () => {
    expect(cumulativeShares(THREE.buckets, 3)).toEqual([1 / 3, 2 / 3, 1]);
  });
});
