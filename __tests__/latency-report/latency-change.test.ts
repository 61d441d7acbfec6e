import { Conclusion, latencyChange } from '../../lib/latency-report/latency-change';
import { histogramOf, type Sampling, sample } from './histograms';

const OPTIONS = { noise: 0.05, bootstrap: { draws: 500, confidence: 0.99, requestsPerObservation: 4, seed: 0.5 } };
const run = (sampling: Sampling) => histogramOf(sample(sampling));
const at = (percentile: number, before: Sampling[], after: Sampling[]) =>
  latencyChange(before.map(run), after.map(run), percentile, OPTIONS);

test('a percentile needs ten observations beyond it in each run', () => {
  const few = at(99, [{ seed: 1, count: 3999 }], [{ seed: 2, count: 5000 }]);
  expect(few).toMatchObject({ conclusion: Conclusion.TOO_FEW_REQUESTS, neededRequests: 4000 });
  expect(few.interval).toBeUndefined();
  expect(at(99, [{ seed: 1, count: 4000 }], [{ seed: 2, count: 4000 }]).interval).toBeDefined();
  expect(at(99.9, [{ seed: 1, count: 100 }], [{ seed: 2, count: 100 }]).neededRequests).toBe(40000);
});

const QUICK = { medianSeconds: 0.003 };

test('one run each says nothing of what runs of the same differ by', () => {
  const once = at(50, [{ seed: 1 }], [{ seed: 2, ...QUICK }]);
  expect(once.conclusion).toBe(Conclusion.FASTER);
  expect(once.spread).toBeUndefined();
});

test('several runs that are alike show a difference, and that two cases are the same', () => {
  const narrow = { spread: 0.1 };
  const before = [1, 3, 5, 7].map((seed) => ({ seed, ...narrow }));
  const after = [2, 4, 6, 8].map((seed) => ({ seed, ...narrow }));
  const same = at(50, before, after);
  expect(same.conclusion).toBe(Conclusion.SAME);
  expect(same.spread).toBeLessThan(0.02);
  const quick = after.map((sampling) => ({ ...sampling, ...QUICK }));
  expect(at(50, before, quick).conclusion).toBe(Conclusion.FASTER);
  expect(at(50, quick, before).conclusion).toBe(Conclusion.SLOWER);
});

test('runs of the same that differ a lot show nothing, neither a difference nor that there is none', () => {
  const restless = at(50, [{ seed: 1 }, { seed: 3, ...QUICK }], [{ seed: 2, ...QUICK }]);
  expect(restless.conclusion).toBe(Conclusion.UNDECIDED);
  expect(restless.spread).toBeGreaterThan(0.5);
});

test('a difference that is no more than the noise is none, however sure it is', () => {
  const before = [1, 3, 5, 7].map((seed) => ({ seed, spread: 0.02 }));
  const after = [2, 4, 6, 8].map((seed) => ({ seed, spread: 0.02, medianSeconds: 0.0047 * 1.04 }));
  const { interval, conclusion } = at(50, before, after);
  expect(interval!.low).toBeGreaterThan(1);
  expect(conclusion).not.toBe(Conclusion.SLOWER);
});

test('the range is no narrower than that of the requests, however alike the runs are', () => {
  const [a, b] = [{ seed: 1 }, { seed: 2 }];
  const requests = at(50, [a], [b]).interval!;
  // The same two runs, given twice: as alike as can be.
  const { low, high } = at(50, [a, a], [b, b]).interval!;
  const half = (requests.high - requests.low) / Math.SQRT2;
  expect(high - low).toBeGreaterThan(0.8 * half);
});
