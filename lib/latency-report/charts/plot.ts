import { scaleLog, type ScaleLogarithmic } from 'd3-scale';
import type { LatencyHistogram } from '../latency-histogram';
import { type Markup, markup } from '../markup';
import { threeDigits } from '../numbers';

/** A run, as charts draw it. */
export interface PlottedRun {
  readonly name: string;
  readonly latency: LatencyHistogram;
}

/** A tick of the vertical axis. */
export interface Tick {
  readonly y: number;
  readonly label: string;
}

/** What a chart is made of. */
export interface Chart {
  /** Distinguishes it from others of the page. */
  readonly id: string;
  readonly title: string;
  /** For those who do not see it. */
  readonly description: string;
  readonly yLabel: string;
  readonly yTicks: readonly Tick[];
  readonly x: ScaleLogarithmic<number, number>;
  readonly content: readonly Markup[];
}

const [WIDTH, HEIGHT] = [760, 340];

/** Where the curves are, in the units of the chart. */
export const PLOT = { left: 68, right: WIDTH - 18, top: 14, bottom: HEIGHT - 52 };

/** The horizontal axis of all runs together, in milliseconds. */
export function latencyScale(runs: readonly PlottedRun[]): ScaleLogarithmic<number, number> {
  const shortest = Math.min(...runs.map(({ latency }) => drawable(latency.minSeconds)));
  const longest = Math.max(...runs.map(({ latency }) => drawable(latency.maxSeconds)));
  // A run whose latencies are all the same still needs some width.
  return scaleLog([shortest * 0.95, longest * 1.05], [PLOT.left, PLOT.right]);
}

/** Milliseconds, and no less than a logarithmic axis can show. */
export function drawable(seconds: number): number {
  return Math.max(seconds * 1000, SHORTEST_MILLIS);
}

const SHORTEST_MILLIS = 1e-3;

/** A chart with its axes. */
export function chartMarkup({ id, title, description, yLabel, yTicks, x, content }: Chart): Markup {
  const [titleId, descriptionId] = [`${id}-title`, `${id}-description`];
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${titleId} ${descriptionId}">
<title id="${titleId}">${title}</title>
<desc id="${descriptionId}">${description}</desc>
<g class="axis">
${yTicks.map(yTick)}
${xTicks(x).map((value) => xTick(value, x(value)))}
<line class="base" x1="${PLOT.left}" x2="${PLOT.right}" y1="${PLOT.bottom}" y2="${PLOT.bottom}"/>
<text class="label" text-anchor="middle" x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 8}">latency in ms, logarithmic</text>
<text class="label" text-anchor="middle" transform="translate(14 ${middle}) rotate(-90)">${yLabel}</text>
</g>
${content}
</svg>`;
}

function yTick({ y, label }: Tick): Markup {
  const place = coordinate(y);
  return markup`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${place}" y2="${place}"/><text text-anchor="end" x="${PLOT.left - 8}" y="${place}" dy="0.32em">${label}</text>`;
}

function xTick(value: number, x: number): Markup {
  const place = coordinate(x);
  return markup`<line class="grid" x1="${place}" x2="${place}" y1="${PLOT.top}" y2="${PLOT.bottom}"/><text text-anchor="middle" x="${place}" y="${PLOT.bottom + 18}">${Number(threeDigits(value))}</text>`;
}

/** As many as there is room for. */
function xTicks(x: ScaleLogarithmic<number, number>): readonly number[] {
  const all = x.ticks();
  const leading = (value: number): number => Number(value.toExponential(0).split('e')[0]);
  const choices = [all, ...[[1, 2, 3, 5, 7], [1, 2, 5], [1]].map((wanted) => all.filter((value) => wanted.includes(leading(value))))];
  return choices.find((ticks) => ticks.every((value, index) => index === 0 || x(value) - x(ticks[index - 1]!) >= 34)) ?? choices.at(-1)!;
}

/** A number of a drawing, without digits that nobody sees. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}
