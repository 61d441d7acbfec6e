// `npm run bench synth`: what a synth costs, as a ratio to a plain Node process that loads cdk8s and synthesizes the same objects in the same run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import YAML from 'yaml';
import { compare, table } from './measure.mjs';

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-bench-'));
const node = process.execPath;
const cache = path.join(root, 'node_modules', '.cache', 'cdk8s-modelmesh');

/** The objects that an entry file synthesizes, as a JSON file. */
function objectsOf(name, command, env) {
  const outdir = path.join(scratch, `${name}-objects`);
  const { status, stderr } = spawnSync(node, command, {
    cwd: root,
    env: { ...process.env, ...env, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const files = readdirSync(outdir, { recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const file = path.join(scratch, `${name}.json`);
  writeFileSync(file, JSON.stringify(files.map((yaml) => YAML.parse(readFileSync(path.join(outdir, yaml), 'utf8')))));
  return file;
}

try {
  const example = objectsOf('example', ['bin/synth.cjs', 'main.ts'], {});
  const plain = {
    name: 'plain Node with cdk8s, same objects',
    command: [node, 'bench/plain-cdk8s.cjs', example, path.join(scratch, 'plain')],
  };
  const unchanged = { CDK8S_OUTDIR: path.join(scratch, 'unchanged') };
  const example_rows = compare(
    [
      plain,
      { name: 'synth, dist/ unchanged', command: [node, 'bin/synth.cjs', 'main.ts'], env: unchanged },
      {
        name: 'synth, dist/ made anew',
        command: [node, 'bin/synth.cjs', 'main.ts'],
        env: { CDK8S_OUTDIR: path.join(scratch, 'anew') },
        before: () => rmSync(path.join(scratch, 'anew'), { recursive: true, force: true }),
      },
      {
        name: 'synth, first after a change of the code',
        command: [node, 'bin/synth.cjs', 'main.ts'],
        env: unchanged,
        before: () => rmSync(cache, { recursive: true, force: true }),
      },
      { name: 'nothing, through npm run', command: ['npm', 'run', '--silent', 'bench:nothing', '--if-present'] },
      { name: 'synth through npm run', command: ['npm', 'run', '--silent', 'synth'], env: unchanged },
    ],
    { runs: 15, cwd: root },
  );
  process.stdout.write(`${table('The example', example_rows)}\n`);

  for (const [models, runs] of [
    [1_000, 7],
    [10_000, 3],
  ]) {
    const env = { BENCH_MODELS: String(models) };
    const objects = objectsOf(`models-${models}`, ['bin/synth.cjs', 'bench/many-models.ts'], env);
    const rows = compare(
      [
        {
          name: 'plain Node with cdk8s, same objects',
          command: [node, 'bench/plain-cdk8s.cjs', objects, path.join(scratch, `plain-${models}`)],
        },
        {
          name: 'synth, dist/ unchanged',
          command: [node, 'bin/synth.cjs', 'bench/many-models.ts'],
          env: { ...env, CDK8S_OUTDIR: path.join(scratch, `same-${models}`) },
        },
        {
          name: 'synth, dist/ made anew',
          command: [node, 'bin/synth.cjs', 'bench/many-models.ts'],
          env: { ...env, CDK8S_OUTDIR: path.join(scratch, `anew-${models}`) },
          before: () => rmSync(path.join(scratch, `anew-${models}`), { recursive: true, force: true }),
        },
      ],
      { runs, cwd: root },
    );
    process.stdout.write(`${table(`${models} models`, rows)}\n`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
