import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function run(args: readonly string[], input = ''): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=256', path.join(root, 'bin/cdk8s-modelmesh.cjs'), ...args],
    {
      cwd,
      input,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, FORCE_COLOR: '', NO_COLOR: '' },
    },
  );
  return { status, stdout, stderr };
}

describe('bin/cdk8s-modelmesh.cjs', () => {
  test('exits with 0, 1 or 2', () => {
    expect(run(['check', '-'], FINE)).toEqual({ status: 0, stdout: 'no errors in 1 object of 1 file\n', stderr: '' });
    expect(run(['check', '-'], 'a: b: c').status).toBe(1);
    expect(run(['check', 'nope.yaml'])).toEqual({ status: 2, stdout: '', stderr: "cdk8s-modelmesh: 'nope.yaml' does not exist\n" });
  });

  test('a large report gets through a pipe as a whole', () => {
    writeFileSync(path.join(cwd, 'many.yaml'), `---\n${FINE}data: {a: x, a: z}\n`.repeat(3000));
    const { findings, summary } = JSON.parse(run(['check', '--format', 'json', 'many.yaml']).stdout) as {
      findings: unknown[];
      summary: { errors: number; warnings: number };
    };
    expect(findings).toHaveLength(summary.errors + summary.warnings);
    expect(summary.errors).toBe(3000 + 2999);
  });

  test('a file of 100 MB, one of aliases that grow and one that is nested deeply are refused with little memory', () => {
    truncateSync(path.join(cwd, 'many.yaml'), 0);
    writeFileSync(path.join(cwd, 'large.yaml'), '');
    truncateSync(path.join(cwd, 'large.yaml'), 100 * 1024 * 1024);
    const lines = Array.from({ length: 60 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join()}]\n`);
    writeFileSync(path.join(cwd, 'laughs.yaml'), `${FINE}a0: &a0 [x,x,x,x,x,x,x,x,x]\n${lines.join('')}`);
    writeFileSync(path.join(cwd, 'deep.yaml'), '['.repeat(1_000_000));
    const { status, stdout } = run(['check', '--format', 'json', '.']);
    const { findings } = JSON.parse(stdout) as { findings: { code: string; file: string }[] };
    expect(findings.map(({ code, file }) => `${file} ${code}`)).toEqual(['deep.yaml MM007', 'large.yaml MM005', 'laughs.yaml MM006']);
    expect(status).toBe(1);
    expect(run(['check', '-'], '#'.repeat(11 * 1024 * 1024)).stdout).toContain('<stdin>: error MM005: ');
  });
});
