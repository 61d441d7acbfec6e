/** The colours of the runs, in the order of the runs; no two of neighbours differ in colour alone. */
const LIGHT = ['#0b5cad', '#c2410c', '#047857', '#7c3aed', '#a16207', '#be185d', '#475569', '#0e7490'];
const DARK = ['#6cb2ff', '#ff9d5c', '#4ade9f', '#c4a1ff', '#f2c94c', '#ff8cc0', '#cbd5e1', '#4fd6ea'];
const DASHES = ['none', '8 4', '2 3', '12 4 2 4', '5 2', '1 4', '10 3 3 3 3 3', '4 6'];

/** The most runs that a report can tell apart. */
export const MAX_RUNS = LIGHT.length;

/** The style sheet of the page: no scripts, no fonts, nothing from elsewhere. */
export const STYLE = `
:root { color-scheme: light; --page: #fff; --text: #1b2430; --quiet: #4d5b6b; --line: #cfd7e0; --panel: #f3f6f9; --link: #0b5cad;
  --good: #05603a; --bad: #a4161a; --open: #6b4e00; ${variables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --page: #12171e; --text: #e8edf3; --quiet: #aab6c4; --line: #3a4654; --panel: #1b232d; --link: #8cc4ff;
    --good: #6ee7ae; --bad: #ff9c9c; --open: #f5d06c; ${variables(DARK)} }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem 1.25rem 3rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: .5rem 0 0; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; background: var(--page); padding: .5rem 1rem; }
.skip:focus { left: 1rem; top: .5rem; }
.quiet, footer { color: var(--quiet); }
.verdict { border-left: .4rem solid var(--open); background: var(--panel); padding: .7rem 1rem; margin: .8rem 0; }
.verdict p { margin: 0; font-size: 1.1rem; font-weight: 600; }
.verdict ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.verdict.faster { border-color: var(--good); }
.verdict.slower, .verdict.noResult { border-color: var(--bad); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: .4rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; overflow-wrap: normal; }
tbody th, thead td { text-align: left; font-weight: 600; white-space: nowrap; }
.runs td { text-align: left; overflow-wrap: anywhere; }
.runs thead th { text-align: left; }
.change { display: block; font-size: .875rem; white-space: nowrap; }
.change.faster { color: var(--good); }
.change.slower { color: var(--bad); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; padding: 0; margin: .3rem 0; }
.legend svg { width: 2.6rem; height: .8rem; margin-right: .5rem; vertical-align: middle; }
figure { margin: 0 0 1.5rem; break-inside: avoid; }
figcaption { color: var(--quiet); }
.chart { display: block; width: 100%; height: auto; min-width: 34rem; }
.chart text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
.grid { stroke: var(--line); stroke-width: .6; }
.base { stroke: var(--quiet); }
.curve { fill: none; stroke-width: 2; }
.fill { fill-opacity: .13; }
${LIGHT.map((_, index) => runRule(index)).join('\n')}
dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0; max-width: 48rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .6rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip { display: none; }
  .scroll { overflow: visible; }
  .chart { min-width: 0; }
  .verdict, tr, dl > div { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

function variables(colours: readonly string[]): string {
  return colours.map((colour, index) => `--run-${index}: ${colour};`).join(' ');
}

function runRule(index: number): string {
  const colour = `var(--run-${index})`;
  return `.run-${index} .curve { stroke: ${colour}; stroke-dasharray: ${DASHES[index]!}; } .run-${index} .fill, .run-${index} .mark { fill: ${colour}; }`;
}
