import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TensorDatatype } from '../../lib/load-test/tensor-datatype';
import { SMOKE_TEST_SCRIPT } from '../../lib/smoke-test/smoke-test-script';
import type { SmokeTestSettings } from '../../lib/smoke-test/smoke-test-settings';

const ROOT = resolve(__dirname, '../..');

/** What a request was, and what it is answered with. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}
type Answer = (seen: Seen, attempt: number) => { status: number; body: unknown } | 'no answer';

const folder = mkdtempSync(join(tmpdir(), 'smoke-test-'));
const program = join(folder, 'smoke-test.cjs');
writeFileSync(program, SMOKE_TEST_SCRIPT);
const servers: http.Server[] = [];
afterEach(() =>
  servers.splice(0).forEach((server) => {
    server.close();
    server.closeAllConnections();
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

/** A gateway, as far as the program can tell. */
async function gatewayThat(answer: Answer): Promise<{ origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
      const answered = answer(one, seen.filter(({ path }) => path === one.path).length);
      seen.push(one);
      if (answered === 'no answer') return;
      response.writeHead(answered.status, { 'content-type': 'application/json' });
      response.end(typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body));
    });
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Runs the program as the Job does. */
async function run(origin: string, settings: Partial<SmokeTestSettings>) {
  const file = join(folder, 'settings.json');
  const all = { origin, modelHeader: 'model', requestTimeoutSeconds: 1, timeoutSeconds: 1, parallel: 4, models: [], ...settings };
  writeFileSync(file, JSON.stringify(all));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, lines: stdout.trimEnd().split('\n').slice(1), stderr };
}

const nameIn = (path: string): string => path.split('/')[3]!;
const METADATA = { inputs: [{ name: 'predict', datatype: 'FP32', shape: ['-1', '2'] }] };

/** Answers as ModelMesh does for models that are fine. */
const fine: Answer = ({ method, path }) => ({
  status: 200,
  body:
    method === 'GET'
      ? { name: `${nameIn(path)}__isvc-0123456789`, ...METADATA }
      : { modelName: `${nameIn(path)}__isvc-0123456789`, outputs: [] },
});

test('is what scripts/smoke-test-program.mjs makes of its sources', () => {
  const output = join(folder, 'made.ts');
  const { status, stderr } = spawnSync(process.execPath, ['scripts/smoke-test-program.mjs', '--output', output], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(readFileSync(output, 'utf8')).toBe(readFileSync(join(ROOT, 'lib/smoke-test/smoke-test-script.ts'), 'utf8'));
});

test('asks each model with a request that follows from its metadata', async () => {
  const { origin, seen } = await gatewayThat(fine);
  const { code, lines, stderr } = await run(origin, { models: [{ name: 'iris' }], host: 'models.example.com', modelHeader: 'x-model' });
  expect({ code, lines, stderr }).toEqual({ code: 0, lines: ['1 of 1 models answered'], stderr: '' });
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v2/models/iris', 'POST /v2/models/iris/infer']);
  expect(seen.map(({ headers }) => [headers['x-model'], headers.host, headers['content-type']])).toEqual([
    ['iris', 'models.example.com', undefined],
    ['iris', 'models.example.com', 'application/json'],
  ]);
  expect(JSON.parse(seen[1]!.body)).toEqual({
    inputs: [{ name: 'predict', shape: [1, 2], datatype: 'FP32', contents: { fp32_contents: [0, 0.0625] } }],
  });
});

test('sends what is given, written out or generated, and asks for no metadata then', async () => {
  const { origin, seen } = await gatewayThat(fine);
  const models = [
    { name: 'iris', body: '{"inputs":[1]}' },
    { name: 'wine', inputs: [{ name: 'x', shape: [2], datatype: TensorDatatype.INT64 }] },
  ];
  expect((await run(origin, { models })).code).toBe(0);
  const bodies = Object.fromEntries(seen.map(({ path, body }) => [path, body]));
  expect(bodies).toEqual({
    '/v2/models/iris/infer': '{"inputs":[1]}',
    '/v2/models/wine/infer': '{"inputs":[{"name":"x","shape":[2],"datatype":"INT64","contents":{"int64_contents":[0,1]}}]}',
  });
});

test('a model whose metadata name no inputs has answered, and the last line says so', async () => {
  const { origin, seen } = await gatewayThat(({ path }) => ({ status: 200, body: { name: nameIn(path), inputs: [] } }));
  expect(await run(origin, { models: [{ name: 'iris' }] })).toMatchObject({
    code: 0,
    lines: ['1 of 1 models answered, 1 of them with their metadata alone, which name no inputs'],
  });
  expect(seen).toHaveLength(1);
});

test('a model that is still loading is asked again', async () => {
  const { origin, seen } = await gatewayThat((one, attempt) => (attempt < 1 ? { status: 503, body: 'loading' } : fine(one, attempt)));
  const models = [{ name: 'iris', body: '{}' }];
  expect(await run(origin, { models, timeoutSeconds: 10 })).toMatchObject({ code: 0, lines: ['1 of 1 models answered'] });
  expect(seen).toHaveLength(2);
});

const failures: { title: string; answer: Answer; line: string; attempts?: string }[] = [
  {
    title: 'is unknown',
    answer: () => ({ status: 404, body: { code: 5, message: 'vmodel not found: iris' } }),
    line: '404 vmodel not found: iris',
  },
  { title: 'is refused', answer: () => ({ status: 403, body: 'RBAC: access denied' }), line: '403 RBAC: access denied' },
  { title: 'is another', answer: () => ({ status: 200, body: { modelName: 'wine' } }), line: "model 'wine' answered in its place" },
  {
    title: 'does not say which it is',
    answer: () => ({ status: 200, body: '<html>\nhello' }),
    line: 'the answer names no model: <html>\\nhello',
  },
  { title: 'does not answer in time', answer: () => 'no answer', line: 'no answer within 1 s' },
];

test.each(failures)('a model that $title fails the run, with its name', async ({ answer, line }) => {
  const { origin } = await gatewayThat((seen, attempt) => (nameIn(seen.path) === 'iris' ? answer(seen, attempt) : fine(seen, attempt)));
  const { code, lines, stderr } = await run(origin, {
    models: [
      { name: 'wine', body: '{}' },
      { name: 'iris', body: '{}' },
    ],
  });
  expect({ code, lines, stderr }).toEqual({
    code: 1,
    lines: [`FAILED iris: ${line} (1 attempt)`, '1 of 2 models answered, 1 failed'],
    stderr: '',
  });
});

test('metadata that cannot be used fail the run', async () => {
  const broken: Record<string, unknown> = {
    named: [{ datatype: 'FP32', shape: [1] }],
    typed: [{ name: 'x', datatype: 'FP8', shape: [1] }],
    shaped: [{ name: 'x', datatype: 'FP32', shape: ['many'] }],
    large: [{ name: 'x', datatype: 'FP32', shape: ['1000001'] }],
  };
  const { origin } = await gatewayThat(({ path }) => ({ status: 200, body: { name: nameIn(path), inputs: broken[nameIn(path)] } }));
  const { code, lines } = await run(origin, { models: Object.keys(broken).map((name) => ({ name })) });
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [
      'FAILED named: its metadata cannot be used: an input has no name (1 attempt)',
      "FAILED typed: its metadata cannot be used: datatype 'FP8' of input 'x' is not known (1 attempt)",
      `FAILED shaped: its metadata cannot be used: shape '["many"]' of input 'x' is not valid (1 attempt)`,
      'FAILED large: its inputs have 1000001 elements, more than 1000000: give a payload (1 attempt)',
      '0 of 4 models answered, 4 failed',
    ],
  });
});

test('a gateway that is not there fails every model', async () => {
  const { code, lines } = await run('http://127.0.0.1:1', { models: [{ name: 'iris' }, { name: 'wine' }] });
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [
      'FAILED iris: connect ECONNREFUSED 127.0.0.1:1 (1 attempt)',
      'FAILED wine: connect ECONNREFUSED 127.0.0.1:1 (1 attempt)',
      '0 of 2 models answered, 2 failed',
    ],
  });
});

test('settings that cannot be read are an error of the test itself', async () => {
  const { status, stderr } = spawnSync(process.execPath, [program, join(folder, 'none.json')], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('the smoke test itself failed: Error: ENOENT');
});

test('a thousand models, each asked once, not more than so many at a time', async () => {
  let [now, most] = [0, 0];
  const server = http.createServer((request, response) => {
    most = Math.max(most, (now += 1));
    request.resume().on('end', () =>
      setTimeout(() => {
        now -= 1;
        response.end(JSON.stringify({ modelName: nameIn(request.url!) }));
      }, 1),
    );
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const models = Array.from({ length: 1000 }, (_, index) => ({ name: `model-${index}`, body: '{}' }));
  expect(await run(origin, { models, parallel: 7, timeoutSeconds: 60, requestTimeoutSeconds: 30 })).toMatchObject({
    code: 0,
    lines: ['1000 of 1000 models answered'],
  });
  expect(most).toBe(7);
});
