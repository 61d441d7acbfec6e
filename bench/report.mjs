// `npm run bench report`: what a report of two load tests costs, as a ratio to a plain Node process that does nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare, table } from './measure.mjs';

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-bench-'));
const node = process.execPath;
const runs = (rounds) =>
  ['before', 'after'].map((name) => rounds.map((round) => path.join(root, 'docs', 'example-report', `${name}-${round}.json`)).join(','));
const report = (rounds) => [
  node,
  path.join(root, 'bin/cdk8s-modelmesh.cjs'),
  'report',
  ...runs(rounds),
  '-o',
  path.join(scratch, 'report.html'),
];

try {
  const contenders = [
    { name: 'node, doing nothing', command: [node, '-e', ''] },
    { name: 'report of 2 runs', command: report([1]) },
    { name: 'report of 6 runs', command: report([1, 2, 3]) },
  ];
  process.stdout.write(`${table('A report of load tests', compare(contenders, { runs: 15, cwd: scratch }))}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
