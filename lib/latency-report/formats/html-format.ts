import { createHash } from 'node:crypto';
import { TOOL_VERSION } from '../../report/tool-version';
import { cumulativeChart } from '../charts/cumulative-chart';
import { histogramChart } from '../charts/histogram-chart';
import type { PlottedRun } from '../charts/plot';
import type { LatencyReport } from '../latency-report';
import { type Markup, markup } from '../markup';
import { readingNotes } from '../reading-notes';
import { caseDifferences, subject } from '../tables';
import { STYLE } from './html-style';
import { latencyTable, runTable } from './html-tables';

/**
 * The report as a page that needs nothing else: no script, no font, no image, no network. Its policy forbids all of them, and allows the style sheet
 * of the page by its hash.
 */
export function htmlFormat(report: LatencyReport): string {
  const names = report.cases.map(({ name }) => name);
  const plotted: readonly PlottedRun[] = report.cases;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Latency report: ${names.join(', ')}</title>
<link rel="icon" href="data:,">
<style>{{STYLE}}</style>
</head>
<body>
<a class="skip" href="#result">Skip to the result</a>
<header>
<h1>Latency report</h1>
<p class="quiet">${subject(report)}</p>
</header>
<main>
<section aria-labelledby="result">
<h2 id="result" tabindex="-1">Result</h2>
${report.comparisons.map(verdictMarkup(report))}
${differencesMarkup(caseDifferences(report))}
</section>
<section aria-labelledby="latencies">
<h2 id="latencies">Latencies</h2>
${latencyTable(report)}
</section>
<section aria-labelledby="distributions">
<h2 id="distributions">Distributions</h2>
<ul class="legend">
${names.map(legendItem)}
</ul>
<figure>
${scrolling('histogram-title', histogramChart(plotted))}
<figcaption>Histogram. The higher, the more requests take about so long; areas are shares of the requests.</figcaption>
</figure>
<figure>
${scrolling('cumulative-title', cumulativeChart(plotted))}
<figcaption>Cumulative distribution. Further left is faster; the higher a point, the rarer the slower requests. Dots: p50, p90, p99, p99.9.</figcaption>
</figure>
</section>
<section aria-labelledby="runs">
<h2 id="runs">Runs</h2>
${runTable(report)}
</section>
<section aria-labelledby="reading">
<h2 id="reading">How to read this report</h2>
<dl>
${readingNotes(report).map(({ question, answer }) => markup`<div><dt>${question}</dt><dd>${answer}</dd></div>`)}
</dl>
</section>
</main>
<footer>Made by cdk8s-modelmesh ${TOOL_VERSION} of results of fortio.</footer>
</body>
</html>
`;
  return page.text.replace('{{STYLE}}', () => STYLE);
}

function policy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function verdictMarkup({ comparisons }: LatencyReport): (comparison: LatencyReport['comparisons'][number]) => Markup {
  return ({ after, verdict: { outcome, headline, details } }) => {
    const list = details.length === 0 ? markup`` : markup`<ul>${details.map((detail) => markup`<li>${detail}</li>`)}</ul>`;
    // Of several, each says what it is about before it says what came of it.
    const name = comparisons.length > 1 ? markup`<h3>${after.name}</h3>` : markup``;
    return markup`${name}<div class="verdict ${outcome}"><p>${headline}</p>${list}</div>`;
  };
}

function differencesMarkup(differences: readonly string[]): Markup {
  if (differences.length === 0) return markup``;
  return markup`<h3>What else differs</h3><ul>${differences.map((text) => markup`<li>${text}</li>`)}</ul>`;
}

function legendItem(name: string, index: number): Markup {
  return markup`<li><svg viewBox="0 0 42 12" aria-hidden="true"><g class="run-${index}"><path class="curve" d="M0 6H42"/></g></svg>${name}</li>`;
}

/** What is wider than a small screen scrolls by itself, with the keyboard too. */
function scrolling(labelledBy: string, content: Markup): Markup {
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="${labelledBy}">${content}</div>`;
}
