import { scaleLinear, type ScaleLogarithmic } from 'd3-scale';
import { line } from 'd3-shape';
import type { LatencyHistogram } from '../latency-histogram';
import { type Markup, markup } from '../markup';
import { millis } from '../numbers';
import { cumulativeShares, quantileFunction } from '../quantiles';
import { chartMarkup, coordinate, drawable, latencyScale, PLOT, type PlottedRun } from './plot';

const TICKS: readonly number[] = [0, 50, 90, 99, 99.9, 99.99, 99.999];
const MARKED: readonly number[] = [50, 90, 99, 99.9];

/**
 * The share of the requests that take at most so long. Each tick of the vertical axis has a tenth as many requests above it as the one below,
 * since with a linear one nothing would be seen of the tail.
 */
export function cumulativeChart(runs: readonly PlottedRun[]): Markup {
  const x = latencyScale(runs);
  const rarest = Math.max(...runs.map(({ latency }) => nines(1 - 1 / latency.count)), nines(0.9));
  const y = scaleLinear([0, rarest], [PLOT.bottom, PLOT.top]);
  return chartMarkup({
    id: 'cumulative',
    title: 'Cumulative distribution of the latencies',
    description: `Share of the requests that take at most so long. ${runs.map(describe).join(' ')}`,
    yLabel: 'requests that take at most so long',
    yTicks: TICKS.filter((tick) => nines(tick / 100) <= rarest * 1.001).map((tick) => ({ y: y(nines(tick / 100)), label: `${tick} %` })),
    x,
    content: runs.map(({ name, latency }, index) => curve({ name, latency }, index, x, (share) => y(nines(share)))),
  });
}

/** How many nines a share has: 0.9 one, 0.99 two. */
function nines(share: number): number {
  return -Math.log10(1 - share);
}

function describe({ name, latency }: PlottedRun): string {
  const quantile = quantileFunction(latency);
  return `${name}: half take at most ${millis(quantile(0.5))}, 99 % at most ${millis(quantile(0.99))}, all at most ${millis(latency.maxSeconds)}.`;
}

type Point = readonly [latencyMillis: number, share: number];

/** The last request is above every share that there is a place for. */
function pointsOf({ buckets, count, minSeconds }: LatencyHistogram): readonly Point[] {
  const upTo = cumulativeShares(buckets, count);
  const points = buckets.flatMap(({ startSeconds, endSeconds }, index): Point[] => [
    [drawable(startSeconds), index === 0 ? 0 : upTo[index - 1]!],
    [drawable(endSeconds), Math.min(upTo[index]!, 1 - 1 / count)],
  ]);
  return [[drawable(minSeconds), 0], ...points];
}

function curve(run: PlottedRun, index: number, x: ScaleLogarithmic<number, number>, y: (share: number) => number): Markup {
  const { name, latency } = run;
  const drawn = line<Point>(
    ([millisOf]) => x(millisOf),
    ([, share]) => y(share),
  ).digits(2)(pointsOf(latency));
  const quantile = quantileFunction(latency);
  const marks = MARKED.filter((percentile) => (1 - percentile / 100) * latency.count >= 1).map((percentile) => {
    const seconds = quantile(percentile / 100);
    const [cx, cy] = [coordinate(x(drawable(seconds))), coordinate(y(percentile / 100))];
    return markup`<circle class="mark" cx="${cx}" cy="${cy}" r="3.5"><title>${name}, p${percentile}: ${millis(seconds)}</title></circle>`;
  });
  return markup`<g class="run run-${index}"><path class="curve" d="${drawn ?? ''}"/>
${marks}</g>`;
}
