// `npm run bench checks`: what the checks of a mesh cost, as a ratio to the serialization of the same manifests in the same process.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { quantile } from './measure.mjs';

const RUNTIMES = 10;
const root = path.resolve(import.meta.dirname, '..');
// Below the project, so that what stays outside of the bundle is found.
const outfile = path.join(root, 'node_modules', '.cache', `bench-checks-${process.pid}.cjs`);

/** Seconds of each action in turn, A B A B ..., after one round that only warms up. */
function times(actions, runs) {
  const seconds = actions.map(() => []);
  for (let run = -1; run < runs; run += 1) {
    actions.forEach((action, index) => {
      globalThis.gc?.();
      const start = process.hrtime.bigint();
      action();
      if (run >= 0) seconds[index].push(Number(process.hrtime.bigint() - start) / 1e9);
    });
  }
  return seconds.map((list) => quantile(list, 0.5));
}

try {
  await build({ entryPoints: [path.join(root, 'bench/checks.ts')], bundle: true, platform: 'node', outfile, logLevel: 'error' });
  const { check, manifestsOf, serialize } = createRequire(import.meta.url)(outfile);
  const results = new Map();
  for (const models of [1_000, 10_000]) {
    const manifests = manifestsOf(models, RUNTIMES);
    const findings = check(manifests);
    if (findings > 0) throw new Error(`the checks find ${findings} mistakes in a mesh that has none`);
    results.set(models, times([() => serialize(manifests), () => check(manifests)], 7));
  }
  const row = (models, [serialization, checks]) =>
    `| ${models} | ${serialization.toFixed(3)} | ${checks.toFixed(3)} | ${(checks / serialization).toFixed(2)} |`;
  const [small, large] = [results.get(1_000), results.get(10_000)];
  process.stdout.write(
    [
      `### Checks of a mesh with ${RUNTIMES} runtimes`,
      '',
      '| models | serialization s | checks s | checks to serialization |',
      '| ---: | ---: | ---: | ---: |',
      ...[...results].map(([models, seconds]) => row(models, seconds)),
      '',
      `10,000 models take ${(large[1] / small[1]).toFixed(1)} times as long as 1,000 (serialization: ${(large[0] / small[0]).toFixed(1)})`,
      '',
      '',
    ].join('\n'),
  );
} finally {
  rmSync(outfile, { force: true });
}
