import { Conclusion, type LatencyChange } from '../../lib/latency-report/latency-change';
import { type Verdict, verdictOf } from '../../lib/latency-report/verdict';

const change = (percentile: number, conclusion: Conclusion, ratio: number, rest: Partial<LatencyChange> = {}): LatencyChange => ({
  percentile,
  beforeSeconds: 0.005,
  afterSeconds: 0.005 * ratio,
  ratio,
  interval: { low: ratio - 0.03, high: ratio + 0.03 },
  conclusion,
  ...rest,
});
const { FASTER, SLOWER, SAME, UNDECIDED, TOO_FEW_REQUESTS } = Conclusion;
const TOO_FEW = change(99.9, TOO_FEW_REQUESTS, 1.5, { interval: undefined, neededRequests: 40000 });
const ONE_RUN =
  'One run each cannot tell whether the machine changed in between: run both several times, in turns, and name all results, before-1.json,before-2.json after-1.json,after-2.json.';

function verdict(changes: readonly LatencyChange[], isRepeated = false, flaws: readonly string[] = []): Verdict {
  return verdictOf({ before: { name: 'before', flaws: [] }, after: { name: 'after', flaws }, changes, isRepeated });
}

test('faster', () => {
  expect(verdict([change(50, FASTER, 0.74), change(90, FASTER, 0.8), change(99, SAME, 1), TOO_FEW])).toEqual({
    outcome: 'faster',
    headline:
      'after is faster than before, and that is more than chance within the runs. Half of the requests take at most 3.70 ms instead of 5.00 ms (−26 %, between −29 % and −23 %).',
    details: [
      'Shorter as well: p90 −20 %.',
      'No real difference is shown at p99.',
      'Too few requests for p99.9: each run needs 40000.',
      ONE_RUN,
    ],
  });
});

test('slower in the tail alone', () => {
  expect(verdict([change(50, SAME, 1), change(90, UNDECIDED, 1.06), change(99, SLOWER, 1.4)])).toEqual({
    outcome: 'slower',
    headline:
      'after is slower than before, and that is more than chance within the runs. 99 % of the requests take at most 7.00 ms instead of 5.00 ms (+40 %, between +37 % and +43 %).',
    details: ['No real difference is shown at p50 and p90.', ONE_RUN],
  });
});

test('faster here and slower there, shown by several runs', () => {
  expect(verdict([change(50, FASTER, 0.74, { spread: 0.05 }), change(99, SLOWER, 1.4, { spread: 0.12 })], true)).toEqual({
    outcome: 'mixed',
    headline: 'after is faster than before at p50 and slower at p99, and that is more than chance among the runs.',
    details: [
      'Half of the requests take at most 3.70 ms instead of 5.00 ms (−26 %, between −29 % and −23 %).',
      '99 % of the requests take at most 7.00 ms instead of 5.00 ms (+40 %, between +37 % and +43 %).',
      'Runs of the same differ by up to 5 % at p50, 12 % at p99; the ranges allow for it.',
    ],
  });
});

test('the same', () => {
  expect(verdict([change(50, SAME, 1.01), change(90, SAME, 1), TOO_FEW])).toEqual({
    outcome: 'same',
    headline: 'after is as fast as before: at p50 and p90 they differ by no more than 4 %, which counts as noise.',
    details: ['Too few requests for p99.9: each run needs 40000.', ONE_RUN],
  });
});

test('undecided, with a remedy', () => {
  const headline = 'No real difference is shown between before and after: what there is may be noise.';
  expect(verdict([change(50, UNDECIDED, 0.96), change(90, SAME, 1)])).toEqual({
    outcome: 'undecided',
    headline,
    details: [
      'Half of the requests take at most 4.80 ms instead of 5.00 ms (−4 %, between −7 % and −1 %).'.replaceAll(/−(\d) %/g, '−$1.0 %'),
      ONE_RUN,
      'More requests make the ranges narrower: run both for longer.',
    ],
  });
  expect(verdict([TOO_FEW])).toMatchObject({ outcome: 'undecided', headline, details: expect.arrayContaining([ONE_RUN]) as string[] });
  expect(verdict([change(50, UNDECIDED, 0.96)], true).details).toContain('Run both more often, on a machine that does nothing else.');
});

test('no result, whatever the latencies are', () => {
  expect(verdict([change(50, FASTER, 0.5)], false, ['3 requests of 100 failed'])).toEqual({
    outcome: 'noResult',
    headline: 'No result: after cannot be compared with anything. Mend what is said below, and run it again.',
    details: ['after: 3 requests of 100 failed.'],
  });
});
