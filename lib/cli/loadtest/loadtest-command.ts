import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fortioArguments } from '../../load-test/fortio-arguments';
import { requestShares, SCALE_UP_REQUESTS_PER_MINUTE } from '../../load-test/request-shares';
import { GatewayClient } from '../../model-probe/gateway-client';
import { quote } from '../../values/problems';
import { type Command, ExitCode, readArguments, type Surroundings } from '../command';
import { findFortio, type RunningFortio, startFortio } from './fortio-program';
import { judgeRun } from './judge-run';
import { type LoadtestOptions, loadtestOptions } from './loadtest-options';
import { probeModel, PROBES, requestBody } from './probe-model';
import { readInput, refuseOverwriting, Refusal, writeOutput } from './result-files';
import { runLines } from './run-lines';

const USAGE = `usage: cdk8s-modelmesh loadtest --gateway HOST:PORT --model NAME [options]   measures models through the gateway, with fortio

  --gateway ADDRESS         HOST:PORT, or https://HOST:PORT
  --model NAME[=WEIGHT]     the model; repeatable, for a mix in which each model gets its part of the requests
  --payload-file [MODEL=]FILE
                            the body of the requests, JSON
  --input [MODEL=]NAME:DATATYPE:SHAPE
                            an input of a generated body, e.g. inputs:FP32:1x784; repeatable
                            (default without both: what the metadata of the model ask for)
  --qps NUMBER              requests a second to all models together (default: 100)
  --connections NUMBER      connections for each model, each with one request at a time (default: 1)
  --duration TIME           how long, e.g. 60s, 2m (default: 60s)
  --timeout TIME            how long a request may take (default: 30s)
  --label TEXT              what the result is called, e.g. before
  -o, --output FILE         where fortio's JSON goes; {model} stands for the name (default: loadtest-{model}.json)
  --force                   overwrites that file
  --model-header NAME       the header by which the gateway routes (default: model)
  --host NAME               the header Host
  --cacert FILE, --cert FILE, --key FILE
                            certificates for TLS, as PEM
  --fortio FILE             the program (default: the one in PATH)
  --help                    prints this

Checked are the status of every request, the rate, the connections, and the model that the body names in ${PROBES} answers before the run and as many
after it: fortio keeps no bodies.

Exit code: 0 the result is sound, 1 it is not, or the gateway or a model did not answer: what was measured is kept,
2 the command was not understood, fortio is missing, or a file cannot be read or written; 130 and 143 after Ctrl-C and SIGTERM.
`;

/** `cdk8s-modelmesh loadtest`. */
export const LOADTEST_COMMAND: Command = {
  name: 'loadtest',
  synopsis: 'loadtest --gateway HOST:PORT --model NAME   measures a model through the gateway, with fortio',
  usage: USAGE,
  run: loadtest,
};

const SIGNALS: { readonly [signal: string]: number } = { SIGINT: 130, SIGTERM: 143 };
const PROGRESS_SECONDS = 10;

async function loadtest(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readArguments(() => loadtestOptions(args));
  try {
    return await loadtestOf(options, surroundings);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    surroundings.stderr.write(`cdk8s-modelmesh: ${error.message}\n`);
    return ExitCode.USAGE;
  }
}

async function loadtestOf(options: LoadtestOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stderr } = surroundings;
  refuseOverwriting(options, cwd);
  const fortio = findFortio(options.fortio, env, cwd);
  const client = new GatewayClient(
    {
      ...{ origin: options.origin, host: options.host, modelHeader: options.modelHeader },
      authority: certificate(options.authorityFile, cwd),
      certificate: certificate(options.certificateFile, cwd),
      key: certificate(options.keyFile, cwd),
    },
    options.timeoutSeconds * 1000,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-'));
  try {
    const problems: string[] = [];
    const payloads: string[] = [];
    for (const model of options.models) {
      const { body, problem } = await requestBody(client, model, (file) => readInput(file, cwd));
      const failed = body === undefined ? problem : await probeModel(client, model.name, body);
      if (failed !== undefined) problems.push(`model ${quote(model.name)}: ${failed}`);
      const file = path.join(folder, `${model.name}.json`);
      writeFileSync(file, body ?? '');
      payloads.push(file);
    }
    if (problems.length > 0) {
      stderr.write(`cdk8s-modelmesh: nothing is measured at ${options.origin}\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
      return ExitCode.FINDINGS;
    }
    return await measure(options, payloads, fortio, client, surroundings);
  } finally {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  options: LoadtestOptions,
  payloads: readonly string[],
  fortio: { file: string; version: string },
  client: GatewayClient,
  { cwd, env, stdout, stderr }: Surroundings,
): Promise<number> {
  const { models, durationSeconds } = options;
  const shares = requestShares(
    options.requestsPerSecond,
    models.map(({ weight }) => weight),
  );
  const absolute = (file: string | undefined) => file && path.resolve(cwd, file);
  stderr.write(`fortio ${fortio.version}: ${options.requestsPerSecond} requests a second for ${durationSeconds} s\n`);
  models.forEach(({ name }, index) => warnOfCopies(name, shares[index]!, stderr));
  const runs = models.map(({ name }, index) =>
    startFortio(
      fortio.file,
      fortioArguments({
        ...options,
        modelName: name,
        requestsPerSecond: shares[index]!,
        payloadFile: payloads[index]!,
        label: options.label === undefined ? name : `${options.label} ${name}`,
        authorityFile: absolute(options.authorityFile),
        certificateFile: absolute(options.certificateFile),
        keyFile: absolute(options.keyFile),
      }),
      env,
    ),
  );
  const { outputs, signal } = await untilTheEnd(runs, durationSeconds, stderr);
  let isSound = true;
  for (const [index, { name, output }] of models.entries()) {
    const { json, complaint } = outputs[index]!;
    if (json === '') {
      stderr.write(`${name}: no result, fortio says ${quote(complaint)}\n`);
      isSound = false;
      continue;
    }
    writeOutput(output, cwd, json);
    const run = judgeRun(json, output);
    const failed = signal === undefined ? await probeModel(client, name, readFileSync(payloads[index]!, 'utf8')) : undefined;
    const flaws = [
      ...(signal === undefined ? [] : [`it was interrupted (${signal}): what was measured until then is kept`]),
      ...run.flaws,
      ...(failed === undefined ? [] : [`after the run: ${failed}`]),
    ];
    stdout.write(runLines(name, { ...run, flaws }, json, output, signal === undefined).join('\n') + '\n');
    if (flaws.length > 0) isSound = false;
  }
  if (signal !== undefined) return SIGNALS[signal]!;
  return isSound ? ExitCode.FINE : ExitCode.FINDINGS;
}

/** Waits for all runs, and ends them when the user ends this program. */
async function untilTheEnd(runs: readonly RunningFortio[], durationSeconds: number, stderr: Surroundings['stderr']) {
  let signal: string | undefined;
  const stop = (name: string): void => {
    signal = name;
    for (const run of runs) run.interrupt();
  };
  const handlers = Object.keys(SIGNALS).map((name) => [name, () => stop(name)] as const);
  for (const [name, handler] of handlers) process.on(name, handler);
  let seconds = 0;
  const progress = setInterval(() => {
    seconds += PROGRESS_SECONDS;
    if (seconds < durationSeconds) stderr.write(`${seconds} of ${durationSeconds} s\n`);
  }, PROGRESS_SECONDS * 1000);
  try {
    return { outputs: await Promise.all(runs.map(({ output }) => output)), signal };
  } finally {
    clearInterval(progress);
    for (const [name, handler] of handlers) process.off(name, handler);
  }
}

function warnOfCopies(name: string, share: number, stderr: Surroundings['stderr']): void {
  const perMinute = Math.round(share * 60);
  if (perMinute <= SCALE_UP_REQUESTS_PER_MINUTE) return;
  stderr.write(
    `warning: model ${quote(name)} gets ${perMinute} requests a minute, and above ${SCALE_UP_REQUESTS_PER_MINUTE} ModelMesh makes further copies of it ` +
      'during the run: compare runs that began with as many copies, or stay below\n',
  );
}

function certificate(file: string | undefined, cwd: string): Buffer | undefined {
  return file === undefined ? undefined : readInput(file, cwd);
}
