import { randomLcg, randomNormal } from 'd3-random';
import { latencyChange, PERCENTILES } from '../../lib/latency-report/latency-change';
import { CONFIDENCE, REQUESTS_PER_OBSERVATION } from '../../lib/latency-report/latency-report';
import { Outcome, verdictOf } from '../../lib/latency-report/verdict';
import { histogramOf, type Sampling, sample } from './histograms';

const SEEDS = 100;

// As the report judges, with fewer draws: the limits of an interval are a little rougher.
const BOOTSTRAP = {
  draws: 300,
  confidence: 1 - (1 - CONFIDENCE) / PERCENTILES.length,
  requestsPerObservation: REQUESTS_PER_OBSERVATION,
  seed: 0.5,
};

/** How often each outcome comes of pairs of runs. */
function outcomes(
  before: Omit<Sampling, 'seed'>,
  after: Omit<Sampling, 'seed'>,
  noise = 0.05,
  resolution?: number,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const [a, b] = [
      histogramOf(sample({ ...before, seed: 2 * seed }), resolution),
      histogramOf(sample({ ...after, seed: 2 * seed + 1 }), resolution),
    ];
    const changes = PERCENTILES.map((percentile) => latencyChange([a], [b], percentile, { noise, bootstrap: BOOTSTRAP }));
    const sound = { flaws: [] };
    const { outcome } = verdictOf({ before: { name: 'a', ...sound }, after: { name: 'b', ...sound }, changes, isRepeated: false });
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

const differences = (counts: Record<string, number>): number =>
  (counts[Outcome.FASTER] ?? 0) + (counts[Outcome.SLOWER] ?? 0) + (counts[Outcome.MIXED] ?? 0);

const MEDIAN = 0.0047;

describe('the same distribution twice is no difference', () => {
  test.each([
    ['6000 requests', {}, 0.05],
    ['6000 requests, nothing counts as noise', {}, 0],
    ['600 requests', { count: 600 }, 0],
    ['requests that depend on those before them', { memory: 0.6 }, 0],
    ['requests that depend on those before them a lot', { memory: 0.9 }, 0.05],
    ['a wide distribution', { spread: 1 }, 0],
  ])('%s', (_, sampling, noise) => {
    expect(differences(outcomes(sampling, sampling, noise))).toBeLessThanOrEqual(5);
  });

  test('in buckets of a millisecond, which is what fortio does by itself', () => {
    expect(differences(outcomes({}, {}, 0.05, 0.001))).toBeLessThanOrEqual(5);
  });
});

describe('a shift by 20 % of 6000 requests is found', () => {
  test.each([
    ['slower', {}, 1.2, Outcome.SLOWER],
    ['faster', {}, 1 / 1.2, Outcome.FASTER],
    ['a wide distribution', { spread: 0.8 }, 1.2, Outcome.SLOWER],
    ['requests that depend on those before them', { memory: 0.6 }, 1.2, Outcome.SLOWER],
  ])('%s', (_, sampling, factor, outcome) => {
    expect(outcomes(sampling, { ...sampling, medianSeconds: MEDIAN * factor })[outcome]).toBeGreaterThanOrEqual(95);
  });

  test('in buckets of a millisecond', () => {
    expect(outcomes({}, { medianSeconds: MEDIAN * 1.2 }, 0.05, 0.001)[Outcome.SLOWER]).toBeGreaterThanOrEqual(95);
  });

  test.each([0.0009, 0.0021, 0.0101])('wherever the limits of the buckets are: a median of %d s', (medianSeconds) => {
    expect(outcomes({ medianSeconds }, { medianSeconds: medianSeconds * 1.2 })[Outcome.SLOWER]).toBeGreaterThanOrEqual(95);
  });
});

describe('what is not shown', () => {
  test('a shift by 2 % is noise', () => {
    expect(differences(outcomes({}, { medianSeconds: MEDIAN * 1.02 }))).toBe(0);
  });

  test('100 requests are too few for a shift by 2 %, and nothing is claimed to be the same', () => {
    expect(outcomes({ count: 100 }, { count: 100, medianSeconds: MEDIAN * 1.02 })).toEqual({ [Outcome.UNDECIDED]: 100 });
  });
});

describe('several runs, each on a machine that is a little quicker or slower than before', () => {
  /** How often each outcome comes of five runs of one case and five of another. */
  function outcomesOfRuns(factor: number, restlessness: number): Record<string, number> {
    const counts: Record<string, number> = {};
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const machine = randomNormal.source(randomLcg(seed / 1_000_003))(0, restlessness);
      const runs = (offset: number, medianSeconds: number) =>
        [0, 1, 2, 3, 4].map((run) =>
          histogramOf(sample({ count: 600, seed: 10 * seed + offset + run, medianSeconds: medianSeconds * Math.exp(machine()) })),
        );
      const [before, after] = [runs(0, MEDIAN), runs(5, MEDIAN * factor)];
      const changes = PERCENTILES.map((percentile) => latencyChange(before, after, percentile, { noise: 0.05, bootstrap: BOOTSTRAP }));
      const [a, b] = [
        { name: 'a', flaws: [] },
        { name: 'b', flaws: [] },
      ];
      const { outcome } = verdictOf({ before: a, after: b, changes, isRepeated: true });
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return counts;
  }

  test.each([0.05, 0.2])('the same distribution is no difference, when runs differ by %d', (restlessness) => {
    expect(differences(outcomesOfRuns(1, restlessness))).toBeLessThanOrEqual(5);
  });

  test('a shift by 20 % is found, when runs differ by 0.03', () => {
    expect(outcomesOfRuns(1.2, 0.03)[Outcome.SLOWER]).toBeGreaterThanOrEqual(95);
  });
});
