// `npm run bench checks`: what the checks of a mesh cost, as a ratio to the serialization of the same manifests in the same process.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { quantile } from './measure.mjs';

const RUNTIMES = 10;
const SIZES = [1_000, 10_000];
const WARM_UPS = 10;
const RUNS = 15;
const root = path.resolve(import.meta.dirname, '..');
// Below the project, so that what stays outside of the bundle is found.
const outfile = path.join(root, 'node_modules', '.cache', `bench-checks-${process.pid}.cjs`);

/** Seconds of some actions in turn, A B A B ..., for each action those of all runs, after rounds that only warm up. */
function times(actions) {
  const seconds = actions.map(() => []);
  for (let run = -WARM_UPS; run < RUNS; run += 1) {
    actions.forEach((action, index) => {
      globalThis.gc?.();
      const start = process.hrtime.bigint();
      action();
      if (run >= 0) seconds[index].push(Number(process.hrtime.bigint() - start) / 1e9);
    });
  }
  return seconds;
}

/** Median of the ratios run by run, so that a machine whose speed drifts changes them little. */
function ratio(seconds, toSeconds) {
  return quantile(
    seconds.map((value, run) => value / toSeconds[run]),
    0.5,
  );
}

try {
  await build({ entryPoints: [path.join(root, 'bench/checks.ts')], bundle: true, platform: 'node', outfile, logLevel: 'error' });
  const { check, manifestsOf, serialize } = createRequire(import.meta.url)(outfile);
  const actions = SIZES.flatMap((models) => {
    const manifests = manifestsOf(models, RUNTIMES);
    const findings = check(manifests);
    if (findings > 0) throw new Error(`the checks find ${findings} mistakes in a mesh that has none`);
    // As many objects in every action: a short one would be measured while others still wait for the compiler or the collector.
    const repeat = (action) => () => {
      for (let count = 0; count < Math.max(...SIZES) / models; count += 1) action(manifests);
    };
    return [repeat(serialize), repeat(check)];
  });
  const seconds = times(actions);
  const row = (models, index) => {
    const [serialization, checks] = [seconds[2 * index], seconds[2 * index + 1]];
    const repeats = Math.max(...SIZES) / models;
    const median = (list) => (quantile(list, 0.5) / repeats).toFixed(4);
    return `| ${models} | ${median(serialization)} | ${median(checks)} | ${ratio(checks, serialization).toFixed(2)} |`;
  };
  const growth = (action) => ((SIZES[1] / SIZES[0]) * ratio(seconds[2 + action], seconds[action])).toFixed(1);
  process.stdout.write(
    [
      `### Checks of a mesh with ${RUNTIMES} runtimes`,
      '',
      '| models | serialization s | checks s | checks to serialization |',
      '| ---: | ---: | ---: | ---: |',
      ...SIZES.map(row),
      '',
      `${SIZES[1]} models take ${growth(1)} times as long as ${SIZES[0]} (serialization: ${growth(0)})`,
      '',
      '',
    ].join('\n'),
  );
} finally {
  rmSync(outfile, { force: true });
}
