import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isColored } from '../../lib/cli/colors';
import { CHECK_COMMAND } from '../../lib/cli/check/check-command';
import { RULE_COMMAND } from '../../lib/cli/check/rule-command';
import { USAGE, main } from '../../lib/cli/main';

const packageFolder = path.resolve(__dirname, '../..');
const TWICE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "1"\n  a: "2"\n';
const UNUSED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  annotations: {suppress.cdk8s-modelmesh/MM101: reason}\n';
const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
const NO_GRPC_ENDPOINT = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: rt }
spec:
  multiModel: true
  supportedModelFormats: [{ name: sklearn, version: '0', autoSelect: true }]
  containers: [{ name: server, image: 'example.com/server:1.0' }]
`;

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(path.join(tmpdir(), 'main-')));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(cwd, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function runWith(input: string, args: readonly string[], isTTY = false, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  let [stdout, stderr] = ['', ''];
  async function* stdin(): AsyncGenerator<Buffer> {
    yield Buffer.from(input.slice(0, 5));
    yield Buffer.from(input.slice(5));
  }
  const code = await main({
    args,
    env,
    cwd,
    stdin: stdin(),
    stdout: { isTTY, write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    packageFolder,
  });
  return { code, stdout, stderr };
}

const run = (...args: string[]) => runWith('', args);

describe('check', () => {
  test('lists all findings of all files, grouped by file and object, in the order of the files', async () => {
    write('b.yaml', `${UNUSED}---\n${NO_GRPC_ENDPOINT}`);
    write('a.yaml', FINE);
    write('c/c.yaml', TWICE);
    const { code, stdout, stderr } = await run('check', cwd);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        "ConfigMap 'b' in b.yaml",
        '  b.yaml:5:49: warning MM011: the suppression of MM101 suppresses nothing: remove it',
        "ServingRuntime 'rt' in b.yaml",
        expect.stringMatching(/^ {2}b\.yaml:10:1: error MM101: spec\.grpcEndpoint is missing: /),
        'c/c.yaml',
        '  c/c.yaml:6:3: error MM003: data.a is written twice: kubectl takes the last one, Kustomize and Flux refuse the file; remove one',
      ]),
    );
    expect(stdout).toMatch(
      /\nThe first one is explained by: cdk8s-modelmesh rule MM\d{3}\n\d+ errors, \d+ warnings? in 4 objects of 3 files\n$/,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test('exits with 0 for warnings alone, and with --strict with 1', async () => {
    const file = write('a.yaml', UNUSED);
    const stdout = [
      "ConfigMap 'b' in a.yaml",
      '  a.yaml:5:49: warning MM011: the suppression of MM101 suppresses nothing: remove it',
      '',
      'The first one is explained by: cdk8s-modelmesh rule MM011',
      '1 warning in 1 object of 1 file',
      '',
    ].join('\n');
    expect(await run('check', file)).toEqual({ code: 0, stdout, stderr: '' });
    expect(await run('check', '--strict', file)).toEqual({ code: 1, stdout, stderr: '' });
    expect(await run('check', '--strict', write('b.yaml', FINE))).toEqual({
      code: 0,
      stdout: 'no errors in 1 object of 1 file\n',
      stderr: '',
    });
  });

  test('reads the standard input', async () => {
    const { code, stdout } = await runWith(TWICE, ['check', '-', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: 'MM003', file: '<stdin>', line: 6 }] });
    expect(code).toBe(1);
  });

  test('says so when there is nothing to check', async () => {
    const file = write('values.yaml', 'a: 1\n');
    expect(await run('check', file)).toEqual({
      code: 0,
      stdout: 'no errors in 0 objects of 1 file\n',
      stderr: `there are no Kubernetes objects in '${file}'\n`,
    });
  });

  test.each(['terminal', 'json', 'sarif', 'github'])('has the format %s', async (format) => {
    const { code, stdout } = await run('check', '--format', format, write('a.yaml', TWICE));
    expect(stdout).toContain('MM003');
    expect(code).toBe(1);
  });

  test('a SARIF report has the pages of the rules', async () => {
    const { stdout } = await run('check', '--format', 'sarif', write('a.yaml', FINE));
    const { rules } = (JSON.parse(stdout) as { runs: [{ tool: { driver: { rules: { id: string; help: { markdown: string } }[] } } }] })
      .runs[0].tool.driver;
    expect(rules.map(({ help }) => help.markdown.split(':', 1)[0])).toEqual(rules.map(({ id }) => `# ${id}`));
  });

  test('takes suppressions, the namespace and the options about the cluster', async () => {
    const suppressed = NO_GRPC_ENDPOINT.replace(
      '{ name: rt }',
      '\n  name: rt\n  annotations: {suppress.cdk8s-modelmesh/MM101: "no mesh uses it"}',
    );
    const codes = async (...args: string[]) => {
      const { stdout } = await run('check', '--format', 'json', ...args);
      return (JSON.parse(stdout) as { findings: { code: string; object: string }[] }).findings.map(
        ({ code, object }) => `${code} ${object}`,
      );
    };
    expect((await codes(write('a.yaml', suppressed))).join()).not.toMatch(/MM101|MM011/);
    expect(await codes(write('a.yaml', NO_GRPC_ENDPOINT), '--namespace', 'ns')).toContain("MM101 ServingRuntime 'ns/rt'");
    const options = ['--platform', 'istio:1.24', '--existing', 'Secret/ns/storage-config', '--existing', 'Node/a', '--no-shipped-runtimes'];
    expect(await codes(write('a.yaml', FINE), ...options, '--max-size', '20')).toEqual([]);
  });
});

describe('a command that is not understood exits with 2', () => {
  test.each([
    [[], 'a command is missing'],
    [['verify'], "there is no command 'verify'"],
    [['check'], 'name the files or folders to check, or - for the standard input'],
    [['check', '--nope', 'a'], /^Unknown option '--nope'/],
    [['check', '--format', 'xml', 'a'], "format 'xml' is not known: use 'terminal', 'json', 'sarif', 'github'"],
    [
      ['check', '--platform', 'linkerd', 'a'],
      "platform 'linkerd' is not known: use 'asm', 'istio:VERSION' or 'gateway-api:CLASS', e.g. 'istio:1.24'",
    ],
    [['check', '--platform', 'istio:1', 'a'], "Istio version '1' is not valid: write it as 'major.minor', e.g. '1.22'"],
    [
      ['check', '--existing', 'Secret', 'a'],
      "existing object 'Secret' is not valid: write it as KIND/NAMESPACE/NAME, or KIND/NAME without a namespace",
    ],
    [['check', '--namespace', 'A_b', 'a'], "namespace 'A_b' is not valid: use lower case letters, digits and '-', at most 63"],
    [['check', '--max-size', '0', 'a'], "--max-size '0' is not valid: write a number of MiB from 1 to 999"],
    [
      ['check', '--shipped-runtimes', '--no-shipped-runtimes', 'a'],
      '--shipped-runtimes and --no-shipped-runtimes exclude each other: give one of them',
    ],
    [['rule'], 'name one rule, e.g. MM101'],
    [['rule', 'MM101', 'MM102'], 'name one rule, e.g. MM101'],
    [['rule', 'MM000'], "there is no rule 'MM000'"],
  ] as [string[], string | RegExp][])('%j', async (args, problem) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const usage = [CHECK_COMMAND, RULE_COMMAND].find(({ name }) => name === args[0])?.usage ?? USAGE;
    expect(stderr.endsWith(`\n\n${usage}`)).toBe(true);
    const said = stderr.slice('cdk8s-modelmesh: '.length, -`\n\n${usage}`.length);
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
  });

  test('and so does a path that does not exist', async () => {
    expect(await run('check', write('a.yaml', FINE), path.join(cwd, 'nope'))).toEqual({
      code: 2,
      stdout: '',
      stderr: `cdk8s-modelmesh: '${path.join(cwd, 'nope')}' does not exist\n`,
    });
  });
});

describe('other commands', () => {
  test('rule prints the page of a rule', async () => {
    const { code, stdout } = await run('rule', 'mm101');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# MM101: [^]*## Wrong[^]*## Right/);
  });

  test('help and version', async () => {
    for (const args of [['--help'], ['-h'], ['help'], ['--help', 'check']])
      expect(await run(...args)).toEqual({ code: 0, stdout: USAGE, stderr: '' });
    expect(USAGE).toMatch(/^usage: cdk8s-modelmesh check .*\n {7}cdk8s-modelmesh rule CODE /);
    for (const args of [
      ['check', '--help'],
      ['check', '-h', 'nope.yaml'],
      ['help', 'check'],
    ])
      expect(await run(...args)).toEqual({ code: 0, stdout: CHECK_COMMAND.usage, stderr: '' });
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('colors', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('terminal: %j, %j', (isTerminal, env, expected) => {
    expect(isColored(isTerminal, env)).toBe(expected);
  });

  test('are in the report of a terminal alone', async () => {
    const file = write('a.yaml', TWICE);
    expect((await runWith('', ['check', file], true)).stdout).toContain('\u001b[31merror\u001b[39m MM003');
    expect((await runWith('', ['check', file], false)).stdout).not.toContain('\u001b');
  });
});
