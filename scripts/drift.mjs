// Fails when dist/ is not what the declaration gives: somebody changed the code without a synth, or edited dist/ by hand.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const fresh = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-drift-'));

function filesOf(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

try {
  const outdir = path.join(fresh, 'dist');
  const synth = spawnSync(process.execPath, ['bin/synth.cjs', 'main.ts'], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  if (synth.status !== 0) {
    process.stderr.write(`the synth failed with exit code ${synth.status}\n${synth.stderr}`);
    process.exitCode = 1;
  } else {
    const committed = path.join(root, 'dist');
    const names = [...new Set([...filesOf(committed), ...filesOf(outdir)])].sort();
    const read = (folder, name) =>
      filesOf(folder).includes(name) ? readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n') : undefined;
    const differing = names.filter((name) => read(committed, name) !== read(outdir, name));
    if (names.length === 0) differing.push('(both are empty)');
    for (const name of differing) process.stderr.write(`dist/${name} is not what the declaration gives\n`);
    if (differing.length > 0) process.stderr.write('run `npm run synth`, look at the difference, and commit dist/\n');
    else process.stdout.write(`dist/ is what the declaration gives: ${names.length} files\n`);
    process.exitCode = differing.length > 0 ? 1 : 0;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
