import { scaleLinear, type ScaleLogarithmic } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { LatencyHistogram } from '../latency-histogram';
import { type Markup, markup } from '../markup';
import { millis, percent } from '../numbers';
import { quantileFunction } from '../quantiles';
import { chartMarkup, drawable, latencyScale, PLOT, type PlottedRun } from './plot';

/** How the latencies of the runs are distributed, drawn over each other. Areas are shares of the requests, however wide fortio's buckets are. */
export function histogramChart(runs: readonly PlottedRun[]): Markup {
  const x = latencyScale(runs);
  const steps = runs.map(({ latency }) => stepsOf(latency));
  const highest = Math.max(...steps.flat().map(([, height]) => height));
  const y = scaleLinear([0, highest], [PLOT.bottom, PLOT.top]).nice(5);
  return chartMarkup({
    id: 'histogram',
    title: 'Histogram of the latencies',
    description: `Share of the requests over latency. ${runs.map(describe).join(' ')}`,
    yLabel: 'requests within 10 % of a latency',
    yTicks: y.ticks(5).map((value) => ({ y: y(value), label: percent(value) })),
    x,
    content: steps.map((points, index) => curve(points, index, x, y)),
  });
}

function describe({ name, latency }: PlottedRun): string {
  const quantile = quantileFunction(latency);
  return `${name}: nine of ten take between ${millis(quantile(0.05))} and ${millis(quantile(0.95))}.`;
}

type Step = readonly [latencyMillis: number, share: number];

const TENTH = Math.log(1.1);

// The first and the last bucket end at a single request and can be arbitrarily narrow.
const NARROWEST = Math.log(1.05);

/** Where the share of requests for each factor of 1.1 changes, and to what. */
function stepsOf({ buckets, count }: LatencyHistogram): readonly Step[] {
  const steps: Step[] = [];
  let end = 0;
  for (const bucket of buckets) {
    const [start, next] = [drawable(bucket.startSeconds), drawable(bucket.endSeconds)];
    if (start > end * 1.000001 && steps.length > 0) steps.push([end, 0]);
    const width = Math.max(Math.log(next / start), NARROWEST);
    steps.push([start, ((bucket.count / count) * TENTH) / width]);
    end = Math.max(next, start * 1.01);
  }
  return [[steps[0]![0], 0], ...steps, [end, 0]];
}

function curve(steps: readonly Step[], index: number, x: ScaleLogarithmic<number, number>, y: (share: number) => number): Markup {
  const [left, up] = [([latency]: Step): number => x(latency), ([, share]: Step): number => y(share)];
  const filled = area<Step>(left, PLOT.bottom, up).curve(curveStepAfter).digits(2)(steps);
  const drawn = line<Step>(left, up).curve(curveStepAfter).digits(2)(steps);
  return markup`<g class="run run-${index}"><path class="fill" d="${filled ?? ''}"/><path class="curve" d="${drawn ?? ''}"/></g>`;
}
