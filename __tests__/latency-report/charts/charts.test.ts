import { cumulativeChart } from '../../../lib/latency-report/charts/cumulative-chart';
import { histogramChart } from '../../../lib/latency-report/charts/histogram-chart';
import { PLOT, type PlottedRun } from '../../../lib/latency-report/charts/plot';
import { histogramOf, sample } from '../histograms';

const RUNS: readonly PlottedRun[] = [
  { name: 'before', latency: histogramOf(sample({ seed: 1, count: 2000 })) },
  { name: 'after', latency: histogramOf(sample({ seed: 2, count: 2000, medianSeconds: 0.003 })) },
];
const CHARTS = { histogram: histogramChart, cumulative: cumulativeChart };

function curves(svg: string): [number, number][][] {
  return [...svg.matchAll(/class="curve" d="([^"]*)"/g)].map(([, path]) => {
    const points: [number, number][] = [];
    for (const [, command, numbers] of path!.matchAll(/([MLHV])([^MLHV]*)/g)) {
      expect(['M', 'L']).toContain(command);
      const [x, y] = numbers!.split(',').map(Number);
      points.push([x!, y!]);
    }
    return points;
  });
}

describe.each(Object.entries(CHARTS))('the chart %s', (_, chart) => {
  test.each([
    ['two runs', RUNS],
    ['one request', [{ name: 'a', latency: histogramOf([0.004]) }]],
    ['requests that took all the same', [{ name: 'a', latency: histogramOf(Array<number>(50).fill(0.004)) }]],
    ['requests of no time', [{ name: 'a', latency: histogramOf([0, 0, 0.001]) }]],
    ['hours', [{ name: 'a', latency: histogramOf([0.0001, 0.1, 40, 7200]) }]],
  ])('draws a curve for each within its limits: %s', (_name, runs: readonly PlottedRun[]) => {
    const { text } = chart(runs);
    expect(text).not.toMatch(/NaN|Infinity|undefined|style=/);
    const drawn = curves(text);
    expect(drawn).toHaveLength(runs.length);
    for (const [x, y] of drawn.flat()) {
      expect(x).toBeGreaterThanOrEqual(PLOT.left);
      expect(x).toBeLessThanOrEqual(PLOT.right);
      expect(y).toBeGreaterThanOrEqual(PLOT.top - 0.01);
      expect(y).toBeLessThanOrEqual(PLOT.bottom + 0.01);
    }
  });

  test('has a title and a description for those who do not see it', () => {
    const { text } = chart(RUNS);
    const [, labelledBy] = /aria-labelledby="([^"]*)"/.exec(text)!;
    for (const id of labelledBy!.split(' ')) expect(text).toContain(` id="${id}">`);
    expect(text).toMatch(/<desc [^>]*>[^<]*before: [^<]* after: /);
  });

  test('labels of the axis do not touch', () => {
    const places = [...chart(RUNS).text.matchAll(/<text text-anchor="middle" x="([\d.]+)" y="306">/g)].map(([, x]) => Number(x));
    expect(places.length).toBeGreaterThan(2);
    places.slice(1).forEach((x, index) => expect(x - places[index]!).toBeGreaterThanOrEqual(30));
  });
});

test('the cumulative curve of the faster run is further left, and rises', () => {
  const [before, after] = curves(cumulativeChart(RUNS).text) as [[number, number][], [number, number][]];
  const xAt = (points: [number, number][], height: number): number => points.find(([, y]) => y <= height)![0];
  for (const height of [PLOT.bottom - 40, PLOT.bottom - 100, PLOT.bottom - 150])
    expect(xAt(after, height)).toBeLessThan(xAt(before, height));
  for (const points of [before, after]) {
    points.slice(1).forEach(([x, y], index) => {
      expect(x).toBeGreaterThanOrEqual(points[index]![0]);
      expect(y).toBeLessThanOrEqual(points[index]![1]);
    });
  }
});

test('the area of a histogram is the share of the requests', () => {
  // Two buckets of the same factor with the same number of requests are as high as each other.
  const latency = {
    ...histogramOf([0.001, 0.004]),
    buckets: [
      { startSeconds: 0.001, endSeconds: 0.002, count: 1 },
      { startSeconds: 0.002, endSeconds: 0.004, count: 1 },
    ],
  };
  const [points] = curves(histogramChart([{ name: 'a', latency }]).text);
  const heights = new Set(points!.map(([, y]) => y).filter((y) => y !== PLOT.bottom));
  expect(heights.size).toBe(1);
});
