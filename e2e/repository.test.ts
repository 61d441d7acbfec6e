import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = process.env): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

describe('a second synth in the repository', () => {
  test('leaves every tracked file as it is, and makes none', () => {
    const before = run('git', ['status', '--porcelain'], root).stdout;
    const synth = run('npm', ['run', 'synth'], root);
    expect(synth.stderr).toMatch(/ objects in \d+ files to dist\/: 0 changed, 0 added, 0 removed, \d+ unchanged/);
    expect(run('git', ['status', '--porcelain'], root).stdout).toBe(before);
  });

  test('through the cdk8s command line gives the same bytes', () => {
    const before = run('git', ['status', '--porcelain'], root).stdout;
    const synth = run('npx', ['cdk8s', 'synth', '--check-upgrade=false'], root);
    expect(`${synth.status} ${synth.stderr}`).toMatch(/^0 .* 0 changed, 0 added, 0 removed, \d+ unchanged/s);
    expect(run('git', ['status', '--porcelain'], root).stdout).toBe(before);
  });
});

describe.each(['20', '22', '24'])('Node %s', (version) => {
  const folder = mkdtempSync(path.join(tmpdir(), `node-${version}-`));
  // Some cases of the suites run Node as a user without rights, who has to reach it too.
  chmodSync(folder, 0o755);
  const env = { ...process.env, PATH: `${path.join(folder, 'node_modules', 'node', 'bin')}${path.delimiter}${process.env['PATH']}` };

  beforeAll(() => {
    const install = run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, `node@${version}`], folder);
    if (install.status !== 0) throw new Error(install.stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is what runs', () => {
    expect(run('node', ['--version'], root, env).stdout).toMatch(new RegExp(`^v${version}\\.`));
  });

  test('synthesizes the same bytes into an empty folder', () => {
    const outdir = path.join(folder, 'dist');
    const synth = run('node', ['bin/synth.cjs', 'main.ts'], root, { ...env, CDK8S_OUTDIR: outdir });
    expect(`${synth.status} ${synth.stderr}`).toMatch(/^0 .* 0 changed, \d+ added, 0 removed, 0 unchanged/s);
    expect(run('diff', ['-r', path.join(root, 'dist'), outdir], root).stdout).toBe('');
  });

  test('passes the suites of the constructs and of the safe synth', () => {
    const jest = run('node', ['node_modules/jest/bin/jest.js', '--testPathIgnorePatterns', '/docs/', '/imports/'], root, env);
    expect(`${jest.status} ${jest.status === 0 ? '' : jest.stderr.slice(-4000)}`).toBe('0 ');
  });
});

describe('a fresh clone with an empty npm cache', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fresh-clone-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('installs and synthesizes with the one command of the README', () => {
    const clone = path.join(folder, 'clone');
    // The tracked files as they are now, committed or not, and nothing else.
    for (const file of run('git', ['ls-files'], root).stdout.split('\n').filter(Boolean))
      cpSync(path.join(root, file), path.join(clone, file));
    rmSync(path.join(clone, 'dist'), { recursive: true, force: true });
    const env = { ...process.env, npm_config_cache: path.join(folder, 'cache') };
    const command = run('sh', ['-c', 'npm ci && npm run synth'], clone, env);
    expect(`${command.status} ${command.stderr}`).toMatch(/^0 .* 0 changed, \d+ added, 0 removed, 0 unchanged/s);
    expect(run('diff', ['-r', path.join(root, 'dist'), path.join(clone, 'dist')], root).stdout).toBe('');
  });
});
