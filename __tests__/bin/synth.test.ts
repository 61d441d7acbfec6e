import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const USAGE = 'usage: node bin/synth.cjs [--strict] [--format terminal|json|sarif|github] <entry.ts>';
const cache = path.join(root, 'node_modules/.cache/cdk8s-modelmesh');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('bin/synth.cjs', () => {
  let folder: string;

  // Inside the project, so that the entry files find its packages.
  beforeEach(() => {
    mkdirSync(path.join(root, '.cdk8s'), { recursive: true });
    folder = mkdtempSync(path.join(root, '.cdk8s', 'entry-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  const runWith = (env: NodeJS.ProcessEnv, ...args: string[]): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'bin/synth.cjs'), ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const run = (...args: string[]): Run => runWith({}, ...args);

  test('runs a TypeScript file with its imports, enums included', () => {
    write('color.ts', "export enum Color { RED = 'red' }\n");
    write('main.ts', "import { Color } from './color';\nconst color: Color = Color.RED;\nconsole.log(color);\n");
    expect(run('main.ts')).toEqual({ status: 0, stdout: 'red\n', stderr: '' });
  });

  test('takes the exit code that the app sets', () => {
    write('main.ts', 'process.exitCode = 3;\n');
    expect(run('main.ts').status).toBe(3);
  });

  test('without an entry file, or with an unknown option, tells the usage and exits with 2', () => {
    const usage = { status: 2, stdout: '', stderr: `${USAGE}\n` };
    expect(run('--format', 'xml', 'main.ts')).toEqual(usage);
    expect(run()).toEqual(usage);
    expect(run('--help')).toEqual(usage);
    expect(run('a.ts', 'b.ts')).toEqual(usage);
  });

  test('names an entry file that does not exist and exits with 2', () => {
    expect(run('nope.ts')).toEqual({
      status: 2,
      stdout: '',
      stderr: `cannot find 'nope.ts' in ${folder}\n${USAGE}\n`,
    });
  });

  test('names file, line and column of a syntax error and of an import that does not exist', () => {
    write('main.ts', "import { x } from './missing';\nconsole.log(x);\n");
    expect(run('main.ts')).toEqual({ status: 1, stdout: '', stderr: 'main.ts:1:19: Could not resolve "./missing"\n' });
    write('main.ts', 'const a = ;\n');
    expect(run('main.ts')).toEqual({ status: 1, stdout: '', stderr: 'main.ts:1:11: Unexpected ";"\n' });
  });

  test('shows the stack of an error in terms of the source files, from the cache too', () => {
    write(
      'fail.ts',
      "interface Unused {\n  a: string;\n}\nexport function fail(_: Unused): void {\n  throw new TypeError('on purpose');\n}\n",
    );
    write('main.ts', "import { fail } from './fail';\n\nif (process.env['FAIL']) fail({ a: 'b' });\n");
    expect(run('main.ts').status).toBe(0); // fills the cache
    const { status, stderr } = runWith({ FAIL: 'yes' }, 'main.ts');
    expect(status).toBe(1);
    expect(stderr).toContain(`TypeError: on purpose\n    at fail (${path.join(folder, 'fail.ts')}:5:9)\n`);
    expect(stderr).toContain(`${path.join(folder, 'main.ts')}:3:26`);
  });

  test('prints a SynthError as its message alone and exits with 1', () => {
    write('main.ts', "throw Object.assign(new Error('two problems'), { name: 'SynthError' });\n");
    expect(run('main.ts')).toEqual({ status: 1, stdout: '', stderr: 'two problems\n' });
  });

  test('takes up every change of an imported file', () => {
    write('value.ts', "export const value: string = 'first';\n");
    write('main.ts', "import { value } from './value';\nconsole.log(value);\n");
    expect([run('main.ts').stdout, run('main.ts').stdout]).toEqual(['first\n', 'first\n']);
    write('value.ts', "export const value: string = 'other';\n"); // of the same length
    expect([run('main.ts').stdout, run('main.ts').stdout]).toEqual(['other\n', 'other\n']);
    rmSync(path.join(folder, 'value.ts'));
    expect(run('main.ts').stderr).toBe('main.ts:1:23: Could not resolve "./value"\n');
  });

  test('takes up a change that keeps the size and the time of a file', () => {
    write('value.ts', "export const value: string = 'first';\n");
    write('main.ts', "import { value } from './value';\nconsole.log(value);\n");
    expect([run('main.ts').stdout, run('main.ts').stdout]).toEqual(['first\n', 'first\n']);
    const { atime, mtime } = statSync(path.join(folder, 'value.ts'));
    write('value.ts', "export const value: string = 'other';\n");
    utimesSync(path.join(folder, 'value.ts'), atime, mtime);
    expect(run('main.ts').stdout).toBe('other\n');
  });

  test.each(['é', 'μ', '模型'])('keeps a bundle with %s in a string and in a regular expression', (letters) => {
    write('main.ts', `console.log('${letters}', /^${letters}$/.test('${letters}'), /^${letters}$/.source.length);\n`);
    const expected = `${letters} true ${letters.length + 2}\n`;
    expect([run('main.ts').stdout, run('main.ts').stdout]).toEqual([expected, expected]);
  });

  test('reads files that lie beside a module, though the modules are bundled', () => {
    mkdirSync(path.join(folder, 'deep'));
    write('deep/data.txt', 'from beside\n');
    write(
      'deep/reader.ts',
      "import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\nexport const text = readFileSync(join(__dirname, 'data.txt'), 'utf8');\n",
    );
    write('main.ts', "import { text } from './deep/reader';\nprocess.stdout.write(text);\n");
    expect(run('main.ts')).toEqual({ status: 0, stdout: 'from beside\n', stderr: '' });
  });

  test('keeps a bounded number of bundles', () => {
    for (let index = 0; index < 36; index += 1) writeFileSync(path.join(cache, `old-${index}`), 'x');
    write('main.ts', "console.log('last');\n");
    expect(run('main.ts').stdout).toBe('last\n');
    // Other suites fill the same cache at the same time.
    expect(readdirSync(cache).length).toBeLessThanOrEqual(36);
  });

  test('does without a cache that was cut off', () => {
    write('main.ts', "console.log('whole');\n");
    const before = new Set(existsSync(cache) ? readdirSync(cache) : []);
    expect(run('main.ts').stdout).toBe('whole\n');
    const [made] = readdirSync(cache).filter((name) => !before.has(name) && !name.endsWith('.map'));
    expect(made).toMatch(/^[0-9a-f]{20}$/);
    truncateSync(path.join(cache, made as string), 40);
    expect(run('main.ts')).toEqual({ status: 0, stdout: 'whole\n', stderr: '' });
  });
});
