import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../lib/cli/main';
import { REPORT_COMMAND } from '../../../lib/cli/report/report-command';
import { fortioJson } from '../../latency-report/runs';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(path.join(tmpdir(), 'report-')));
  write('before.json', fortioJson());
  write('after.json', fortioJson({ Labels: 'after' }));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(name: string, value: unknown): void {
  writeFileSync(path.join(cwd, name), typeof value === 'string' ? value : JSON.stringify(value));
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await main({
    args: ['report', ...args],
    env: {},
    cwd,
    stdin: (async function* () {})(),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    packageFolder: cwd,
  });
  return { code, stdout, stderr };
}

const NO_DIFFERENCE = 'No real difference is shown between before and after: what there is may be noise.';

describe('report', () => {
  test('writes report.html, and says what came of it', async () => {
    const { code, stdout, stderr } = await run('before.json', 'after.json');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.startsWith(`${NO_DIFFERENCE}\n  `)).toBe(true);
    expect(stderr.endsWith('\nreport.html is written\n')).toBe(true);
    expect(readFileSync(path.join(cwd, 'report.html'), 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(readdirSync(cwd).sort()).toEqual(['after.json', 'before.json', 'report.html']);
  });

  test.each([
    [['--format', 'md'], /^### Latency report\n/],
    [['--format', 'json'], /^\{\n {2}"tool": /],
    [['--format', 'html', '-o', '-'], /^<!doctype html>/],
  ])('%j goes to the standard output', async (args, text) => {
    const { code, stdout, stderr } = await run('before.json', 'after.json', ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(text);
    expect(existsSync(path.join(cwd, 'report.html'))).toBe(false);
  });

  test.each([
    ['out.md', /^### /],
    ['out.json', /^\{/],
    ['out.html', /^<!doctype/],
    ['out', /^<!doctype/],
  ])('the ending of %s decides about the format', async (name, text) => {
    expect((await run('before.json', 'after.json', '-o', name)).code).toBe(0);
    expect(readFileSync(path.join(cwd, name), 'utf8')).toMatch(text);
  });

  test('takes several runs of a case, and several cases', async () => {
    for (const name of ['before-1', 'before-2', 'after-1', 'third']) write(`${name}.json`, fortioJson());
    const { stdout } = await run('before-1.json,before-2.json', 'after-1.json', 'third.json', '--format', 'json');
    const { cases } = JSON.parse(stdout) as { cases: { name: string; runs: unknown[] }[] };
    expect(cases.map(({ name, runs }) => [name, runs.length])).toEqual([
      ['before', 2],
      ['after-1', 1],
      ['third', 1],
    ]);
  });

  test('exits with 1 when a run is no result, which --allow-errors decides about', async () => {
    write('after.json', fortioJson({ RetCodes: { '200': 98, '503': 2 } }));
    const { code, stderr } = await run('before.json', 'after.json');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'No result: after cannot be compared with anything. Mend what is said below, and run it again.\n' +
        '  after: 2 requests of 100 failed, 2 % (2 with 503): how long errors took is among the latencies.\n' +
        'report.html is written\n',
    );
    expect((await run('before.json', 'after.json', '--allow-errors', '2')).code).toBe(0);
  });
});

describe('files that cannot be compared: all problems, exit code 2, and nothing is written', () => {
  test('missing, cut off, foreign, too large, a folder', async () => {
    write('cut.json', '{"a": 1,');
    write('foreign.json', '{"kind": "Pod"}');
    write('large.json', ' '.repeat(1024 * 1024 + 1));
    mkdirSync(path.join(cwd, 'folder'));
    expect(await run('nope.json', 'cut.json', 'foreign.json', 'large.json', 'folder', '--max-size', '1')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'cdk8s-modelmesh: nothing is written\n' +
        '  nope.json: there is no such file\n' +
        '  cut.json:1:9: the JSON ends too early: the file is cut off; run fortio again, or copy the whole file\n' +
        '  foreign.json: this is no result of fortio, DurationHistogram is missing: give the file that `fortio load -json FILE` wrote\n' +
        '  large.json: it has more than 1 MiB: see that it is a result of fortio, or allow more with --max-size\n' +
        '  folder: it cannot be read, it is a folder\n',
    });
    expect(existsSync(path.join(cwd, 'report.html'))).toBe(false);
  });

  test('a measurement is never written over', async () => {
    const before = readFileSync(path.join(cwd, 'before.json'), 'utf8');
    expect(await run('before.json', 'after.json', '-o', './before.json')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'cdk8s-modelmesh: nothing is written\n  before.json: the report would be written over it: name another --output\n',
    });
    expect(readFileSync(path.join(cwd, 'before.json'), 'utf8')).toBe(before);
  });

  test('a place that cannot be written', async () => {
    expect(await run('before.json', 'after.json', '-o', 'nope/report.html')).toEqual({
      code: 2,
      stdout: '',
      stderr: "cdk8s-modelmesh: 'nope/report.html' cannot be written, its folder does not exist\n",
    });
    mkdirSync(path.join(cwd, 'folder'));
    expect((await run('before.json', 'after.json', '-o', 'folder')).stderr).toBe(
      "cdk8s-modelmesh: 'folder' cannot be written, it is a folder\n",
    );
  });
});

describe('a command line that is not understood exits with 2', () => {
  test.each([
    [[], 'name 2 to 8 results of fortio, the first one to compare the others with: none is named'],
    [['a.json'], 'name 2 to 8 results of fortio, the first one to compare the others with: 1 is named'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 'name 2 to 8 results of fortio, the first one to compare the others with: 9 are named'],
    [['a', 'a'], "'a' is named twice: name each result once"],
    [['a,', 'b'], 'a name of a file is empty: write commas between the results of one case alone'],
    [['a', 'b', '--format', 'pdf'], "format 'pdf' is not known: use 'html', 'md', 'json'"],
    [['a', 'b', '--noise', '-1'], /^Option '--noise' argument is ambiguous/],
    [['a', 'b', '--noise', '51'], "--noise '51' is not valid: write a number of percent from 0 to 50"],
    [['a', 'b', '--allow-errors', '1%'], "--allow-errors '1%' is not valid: write a number of percent from 0 to 100"],
    [['a', 'b', '--max-size', '0'], "--max-size '0' is not valid: write a number of MiB from 1 to 999"],
    [['a', '--noise', 'x', '--format', 'y'], /^format 'y'.*\n {2}name 2 to 8.*\n {2}--noise 'x'/],
    [['a', 'b', '--nope'], /^Unknown option '--nope'/],
  ] as [string[], string | RegExp][])('%j', async (args, problem) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.endsWith(`\n\n${REPORT_COMMAND.usage}`)).toBe(true);
    const said = stderr.slice('cdk8s-modelmesh: '.length, -`\n\n${REPORT_COMMAND.usage}`.length);
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
  });
});
