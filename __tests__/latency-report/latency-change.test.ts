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

test('what runs of the same differ by is noise', () => {
  const quick = { medianSeconds: 0.003 };
  const once = at(50, [{ seed: 1 }], [{ seed: 2, ...quick }]);
  expect(once).toMatchObject({ conclusion: Conclusion.FASTER, noise: 0.05 });
  const twice = at(
    50,
    [{ seed: 1 }, { seed: 3 }],
    [
      { seed: 2, ...quick },
      { seed: 4, ...quick },
    ],
  );
  expect(twice.conclusion).toBe(Conclusion.FASTER);
  const restless = at(50, [{ seed: 1 }, { seed: 3, ...quick }], [{ seed: 2, ...quick }]);
  expect(restless.conclusion).toBe(Conclusion.UNDECIDED);
  expect(restless.noise).toBeGreaterThan(0.5);
  // However much they differ from themselves, that makes them no more alike.
  expect(at(50, [{ seed: 1 }, { seed: 3, medianSeconds: 0.001 }], [{ seed: 2 }]).conclusion).toBe(Conclusion.UNDECIDED);
  expect(
    at(
      50,
      [
        { seed: 1, spread: 0.1 },
        { seed: 3, spread: 0.1 },
      ],
      [{ seed: 2, spread: 0.1 }],
    ).conclusion,
  ).toBe(Conclusion.SAME);
});

test('the range holds whichever runs are compared', () => {
  const [a, b, c] = [{ seed: 1 }, { seed: 2, medianSeconds: 0.003 }, { seed: 4, medianSeconds: 0.0032 }];
  const [ab, ac, both] = [at(50, [a], [b]), at(50, [a], [c]), at(50, [a], [b, c])].map(({ interval }) => interval!);
  expect(both).toEqual({ low: Math.min(ab!.low, ac!.low), high: Math.max(ab!.high, ac!.high) });
});
