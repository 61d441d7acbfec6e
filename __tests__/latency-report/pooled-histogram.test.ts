import fc from 'fast-check';
import { pooledHistogram } from '../../lib/latency-report/pooled-histogram';
import { quantileFunction } from '../../lib/latency-report/quantiles';
import { histogramOf, sample } from './histograms';

test('a single run is left as it is', () => {
  const run = histogramOf(sample({ seed: 1, count: 50 }));
  expect(pooledHistogram([run])).toBe(run);
});

test('several are as one run of all requests', () => {
  const [a, b] = [sample({ seed: 1 }), sample({ seed: 2, medianSeconds: 0.003 })];
  const [pooled, whole] = [pooledHistogram([histogramOf(a), histogramOf(b)]), histogramOf([...a, ...b])];
  expect(pooled.count).toBe(whole.count);
  expect([pooled.minSeconds, pooled.maxSeconds]).toEqual([whole.minSeconds, whole.maxSeconds]);
  expect(pooled.avgSeconds).toBeCloseTo(whole.avgSeconds, 12);
  expect(pooled.stdDevSeconds).toBeCloseTo(whole.stdDevSeconds, 12);
  for (const share of [0.1, 0.5, 0.9, 0.99]) {
    expect(quantileFunction(pooled)(share)).toBeCloseTo(quantileFunction(whole)(share), 6);
  }
});

test('no request is lost, whatever the limits of the buckets are, and buckets ascend', () => {
  const run = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 200 }), fc.constantFrom(0.0001, 0.001, 0.0003));
  fc.assert(
    fc.property(fc.array(run, { minLength: 2, maxLength: 4 }), (runs) => {
      const { buckets, count } = pooledHistogram(
        runs.map(([seed, size, resolution]) => histogramOf(sample({ seed, count: size }), resolution)),
      );
      expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBeCloseTo(count, 6);
      buckets.forEach(({ startSeconds, endSeconds }, index) => {
        expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
        if (index > 0) expect(startSeconds).toBeGreaterThanOrEqual(buckets[index - 1]!.endSeconds);
      });
    }),
    { numRuns: 50 },
  );
});
