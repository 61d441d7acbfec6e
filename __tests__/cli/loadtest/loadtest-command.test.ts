import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LOADTEST_COMMAND } from '../../../lib/cli/loadtest/loadtest-command';

const FORTIO = path.join(__dirname, 'fake-fortio.cjs');

let cwd: string;
let env: NodeJS.ProcessEnv;
let gateway: http.Server;
/** How the gateway answers requests for a model. */
let answer: (model: string, method: string, count: number) => [status: number, body: unknown];

const fine = (model: string): [number, unknown] => [
  200,
  { name: model, modelName: model, inputs: [{ name: 'x', datatype: 'FP32', shape: ['2'] }] },
];

beforeEach(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'loadtest-'));
  answer = fine;
  let count = 0;
  gateway = http.createServer((request, response) => {
    request.resume().on('end', () => {
      const [status, body] = answer(request.url!.split('/')[3]!, request.method!, (count += 1));
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  env = { PATH: path.dirname(process.execPath), FAKE_CALLS: path.join(cwd, 'calls') };
});
afterEach(() => {
  gateway.close();
  gateway.closeAllConnections();
  rmSync(cwd, { recursive: true });
});

const address = () => `127.0.0.1:${(gateway.address() as AddressInfo).port}`;
const outputs = (model: string) => JSON.parse(readFileSync(path.join(cwd, `loadtest-${model}.json`), 'utf8')) as { Labels: string };
const calls = () =>
  readFileSync(path.join(cwd, 'calls'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { args: string[]; payload: string });

async function run(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const surroundings = {
    ...{ args, cwd, env, packageFolder: cwd },
    stdin: (async function* () {})(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const code = await LOADTEST_COMMAND.run(args, surroundings);
  return { code, stdout, stderr };
}

/** A run for one model at this gateway. */
const load = (...args: string[]) => run('--gateway', address(), '--fortio', FORTIO, '--qps', '10', ...args);

test('a sound run: what was checked is said, and fortio has left its JSON', async () => {
  expect(await load('--model', 'iris')).toEqual({
    code: 0,
    stdout: [
      "iris: sound, fortio's JSON is in loadtest-iris.json",
      '  600 requests, 10.0 a second; p50 5.00 ms, p90 9.00 ms, p99 9.90 ms',
      '  checked: the status of all 600 requests, the model in 5 answers before and 5 after; answers of 156 to 158 bytes',
      '',
    ].join('\n'),
    stderr: 'fortio 1.68.2: 10 requests a second for 60 s\n',
  });
  expect(outputs('iris')).toMatchObject({ RunType: 'HTTP', Labels: 'iris' });
  // The body follows from the metadata.
  expect(calls().map(({ payload }) => JSON.parse(payload) as unknown)).toEqual([
    { inputs: [{ name: 'x', shape: [2], datatype: 'FP32', contents: { fp32_contents: [0, 0.0625] } }] },
  ]);
});

test('every option reaches fortio', async () => {
  writeFileSync(path.join(cwd, 'wine.json'), '{"inputs": [{}]}');
  const { code } = await load(
    ...['--model', 'iris=3', '--model', 'wine', '--input', 'x:INT64:1x2', '--input', 'y:z:BOOL:1', '--payload-file', 'wine=wine.json'],
    ...['--connections', '4', '--duration', '2m', '--timeout', '5s', '--label', 'before', '--output', 'of-{model}.json'],
    ...['--model-header', 'x-model', '--host', 'models.example.com'],
  );
  expect(code).toBe(0);
  const seen = calls().sort((a, b) => (a.args.at(-1)! < b.args.at(-1)! ? -1 : 1));
  expect(
    seen[0]!.args
      .slice(0, -1)
      .join(' ')
      .replace(/-payload-file \S+/, '-payload-file FILE'),
  ).toBe(
    '-quiet -jitter=false -c 4 -qps 7.5 -t 120s -timeout 5s -r 0.0001 -p 50,75,90,95,99,99.9 -httpbufferkb 1024 -H Host: models.example.com ' +
      '-H x-model: iris -content-type application/json -payload-file FILE -labels before iris -json -',
  );
  expect(seen.map(({ args }) => args.at(-1))).toEqual(['iris', 'wine'].map((name) => `http://${address()}/v2/models/${name}/infer`));
  expect(JSON.parse(seen[0]!.payload)).toEqual({
    inputs: [
      { name: 'x', shape: [1, 2], datatype: 'INT64', contents: { int64_contents: [0, 1] } },
      { name: 'y:z', shape: [1], datatype: 'BOOL', contents: { bool_contents: [false] } },
    ],
  });
  expect(seen[1]!.payload).toBe('{"inputs": [{}]}');
  expect(existsSync(path.join(cwd, 'of-iris.json')) && existsSync(path.join(cwd, 'of-wine.json'))).toBe(true);
});

const UNSOUND: { title: string; result: object; lines: string[] }[] = [
  {
    title: 'errors',
    result: { RetCodes: { 200: 590, 503: 8, '-1': 2 }, ErrorsDurationHistogram: { Count: 10, Data: [] } },
    lines: ['10 requests of 600 failed, 1.7 % (8 with 503, 2 without a status): how long errors took is among the latencies'],
  },
  {
    title: 'a rate that was not reached',
    result: { ActualQPS: 9.4 },
    lines: [
      '9.40 requests a second were sent and 10.0 requests a second asked for: requests waited for those before them, and that is in no latency',
    ],
  },
  {
    title: 'connections that broke',
    result: { SocketCount: 3 },
    lines: ['3 connections were opened for 1 thread: fortio repeats a request whose connection broke, and that failure is in no count'],
  },
  {
    title: 'connections that the gateway does not keep',
    result: { SocketCount: 600 },
    lines: ['each request had a connection of its own, 600 for 600 requests: the gateway closes them after each answer'],
  },
];

test.each(UNSOUND)('$title: no result, but what was measured is kept', async ({ result, lines }) => {
  env['FAKE_RESULT'] = JSON.stringify(result);
  const { code, stdout } = await load('--model', 'iris');
  expect(code).toBe(1);
  expect(stdout.split('\n').slice(0, 1)).toEqual(["iris: NO RESULT, fortio's JSON is in loadtest-iris.json"]);
  expect(stdout.split('\n').slice(2, -2)).toEqual(lines.map((line) => `  ${line}`));
  expect(outputs('iris')).toMatchObject(result);
});

test('answers of very different sizes are worth a look', async () => {
  env['FAKE_RESULT'] = JSON.stringify({ Sizes: { Min: 100, Max: 151, Avg: 120 } });
  const { code, stdout } = await load('--model', 'iris');
  expect(code).toBe(0);
  expect(stdout).toContain(
    '  warning: answers had from 100 to 151 bytes: equal requests to one model have answers of one size, so look at what answered\n',
  );
});

test('another model that answers after the run makes it no result', async () => {
  answer = (model, _method, count) => (count > 8 ? [200, { modelName: 'wine' }] : fine(model));
  const { code, stdout } = await load('--model', 'iris');
  expect(code).toBe(1);
  expect(stdout).toContain("  after the run: model 'wine' answered in its place\n");
});

test('models that do not answer before the run are all told, and nothing is measured', async () => {
  answer = (model) => (model === 'iris' ? [404, { code: 5, message: 'vmodel not found: iris' }] : [200, { name: model, inputs: [] }]);
  expect(await load('--model', 'iris', '--model', 'bare', '--output', '{model}.json')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      `cdk8s-modelmesh: nothing is measured at http://${address()}\n` +
      "  model 'iris': 404 vmodel not found: iris\n" +
      "  model 'bare': its metadata name no inputs: give --input NAME:DATATYPE:SHAPE, or --payload-file\n",
  });
  expect(existsSync(path.join(cwd, 'calls'))).toBe(false);
});

test('a gateway that is not there', async () => {
  expect(await run('--gateway', '127.0.0.1:1', '--fortio', FORTIO, '--model', 'iris')).toEqual({
    code: 1,
    stdout: '',
    stderr: "cdk8s-modelmesh: nothing is measured at http://127.0.0.1:1\n  model 'iris': connect ECONNREFUSED 127.0.0.1:1\n",
  });
});

test('a run that fortio could not begin', async () => {
  env['FAKE_FAILURE'] = 'Aborting because of error 503';
  expect(await load('--model', 'iris')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: "fortio 1.68.2: 10 requests a second for 60 s\niris: no result, fortio says 'Aborting because of error 503'\n",
  });
  expect(existsSync(path.join(cwd, 'loadtest-iris.json'))).toBe(false);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s keeps what was measured', async (signal, exitCode) => {
  env['FAKE_ENDLESS'] = 'yes';
  const running = load('--model', 'iris');
  while (!existsSync(path.join(cwd, 'calls'))) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  process.emit(signal);
  const { code, stdout } = await running;
  expect(code).toBe(exitCode);
  expect(stdout).toContain(`  it was interrupted (${signal}): what was measured until then is kept\n`);
  expect(outputs('iris')).toMatchObject({ RunType: 'HTTP' });
  expect(process.listenerCount(signal)).toBe(0);
});

test('more requests a minute than ModelMesh takes without another copy', async () => {
  const { stderr } = await load('--model', 'iris', '--qps', '100');
  expect(stderr.split('\n')[1]).toBe(
    "warning: model 'iris' gets 6000 requests a minute, and above 2000 ModelMesh makes further copies of it during the run: compare runs that began " +
      'with as many copies, or stay below',
  );
});

test('an earlier result is not overwritten, unless that is asked for', async () => {
  writeFileSync(path.join(cwd, 'loadtest-iris.json'), 'earlier');
  expect(await load('--model', 'iris')).toEqual({
    code: 2,
    stdout: '',
    stderr: "cdk8s-modelmesh: 'loadtest-iris.json' would be overwritten: name another --output, or add --force\n",
  });
  expect((await load('--model', 'iris', '--force')).code).toBe(0);
  expect(outputs('iris')).toMatchObject({ RunType: 'HTTP' });
});

test('without fortio, or with something else in its place', async () => {
  const where =
    'get it with `go install fortio.org/fortio@v1.68.2`, or from https://github.com/fortio/fortio/releases, or name the program with --fortio\n';
  env['PATH'] = cwd;
  expect(await run('--gateway', address(), '--model', 'iris')).toEqual({
    code: 2,
    stdout: '',
    stderr: `cdk8s-modelmesh: fortio is not in PATH: ${where}`,
  });
  expect((await run('--gateway', address(), '--model', 'iris', '--fortio', '/bin/true')).stderr).toBe(
    `cdk8s-modelmesh: '/bin/true' is no fortio that runs here, it said '': ${where}`,
  );
});

test('files that cannot be read or written', async () => {
  mkdirSync(path.join(cwd, 'folder'));
  writeFileSync(path.join(cwd, 'bad.json'), '{');
  const stderr = async (...args: string[]) => {
    const result = await load('--model', 'iris', ...args);
    expect(result.code).toBe(2);
    return result.stderr.split('\n').at(-2);
  };
  expect(await stderr('--payload-file', 'none.json')).toBe("cdk8s-modelmesh: 'none.json' does not exist");
  expect(await stderr('--payload-file', 'folder')).toBe("cdk8s-modelmesh: 'folder' cannot be read, it is a folder");
  expect(await stderr('--payload-file', 'bad.json')).toMatch(/^cdk8s-modelmesh: payload of 'bad\.json': it is no JSON: /);
  expect(await stderr('--output', 'none/a.json')).toBe(
    "cdk8s-modelmesh: 'none/a.json' cannot be written, it leads to a file that does not exist",
  );
});

test('all that is wrong with the command line is said at once', async () => {
  const args = [
    ...[
      '--gateway',
      'http://user@gw/path',
      '--model',
      'iris=0',
      '--model',
      'iris',
      '--model',
      'No',
      '--qps',
      'many',
      '--connections',
      '1.5',
    ],
    ...['--duration', '60', '--timeout', '2h', '--label', '-', '--model-header', 'a b', '--host', '/', '--cert', 'c', '--output', 'a.json'],
    ...['--input', 'x:FP32', '--payload-file', 'p.json'],
  ];
  await expect(run(...args)).rejects.toThrow(
    [
      'loadtest has 17 problems:',
      "  - --gateway is 'http://user@gw/path': write HOST:PORT, or https://HOST:PORT, without a path or a user",
      "  - model 'iris' is there twice: name it once, with the sum of the weights",
      "  - weight '0' of model 'iris' is not valid: use a whole number from 1 to 9999",
      "  - model 'No' is not valid: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
      "  - --label is '-': use letters, digits, spaces and any of '_.:=+-', at most 63",
      "  - --model-header is 'a b': write the name of a header",
      "  - --host is '/': write a domain name",
      '  - --cert and --key belong together: give both, or none',
      '  - --cacert, --cert and --key are for TLS: write --gateway as https://HOST:PORT, or leave them out',
      "  - --output is 'a.json' for 3 models: put {model} into it, which stands for the name",
      "  - model 'iris' has more than one payload: give one --payload-file, or --input for each of its inputs",
      "  - --input is 'x:FP32': write NAME:DATATYPE:SHAPE, e.g. inputs:FP32:1x784",
      "  - model 'No' has more than one payload: give one --payload-file, or --input for each of its inputs",
      "  - --qps is 'many': use a number from 0.01 to 100000",
      "  - --connections is '1.5': use a whole number from 1 to 1000",
      "  - --duration is '60': write it as 60s, 2m or 1h, at most 86400s",
      "  - --timeout is '2h': write it as 60s, 2m or 1h, at most 3600s",
    ].join('\n'),
  );
  await expect(run()).rejects.toThrow(
    'loadtest has 2 problems:\n  - --gateway is missing: write HOST:PORT, or https://HOST:PORT\n  - --model is missing: name the model that is measured',
  );
  await expect(run('--gateway', 'gw:1', '--model', 'iris', '--input', 'x:FP8:0')).rejects.toThrow(
    [
      'loadtest has 2 problems:',
      "  - payload of model 'iris': shape '[0]' of input 'x' is not valid: use whole numbers from 1, at least one; 1 where the metadata say -1",
      "  - payload of model 'iris': datatype 'FP8' of input 'x' is not known: use BOOL, UINT8,",
    ].join('\n'),
  );
});
