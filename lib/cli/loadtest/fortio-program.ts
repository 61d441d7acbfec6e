import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { quote } from '../../values/problems';
import { Refusal } from './result-files';

const HOW_TO_GET_IT =
  'get it with `go install fortio.org/fortio@v1.68.2`, or from https://github.com/fortio/fortio/releases, or name the program with --fortio';

/**
 * The program that sends the requests.
 *
 * @throws Refusal when there is none, or it does not run
 */
export function findFortio(given: string | undefined, env: NodeJS.ProcessEnv, cwd: string): { file: string; version: string } {
  const file =
    given === undefined
      ? (env['PATH'] ?? '')
          .split(path.delimiter)
          .map((folder) => path.join(folder === '' ? cwd : folder, 'fortio'))
          .find(isProgram)
      : path.resolve(cwd, given);
  if (file === undefined) throw new Refusal(`fortio is not in PATH: ${HOW_TO_GET_IT}`);
  const { status, stdout, error } = spawnSync(file, ['version'], { encoding: 'utf8', env });
  const version = stdout?.trim().split('\n')[0] ?? '';
  if (error !== undefined || status !== 0 || !/\d/.test(version)) {
    throw new Refusal(`${quote(file)} is no fortio that runs here, ${error?.message ?? `it said ${quote(version)}`}: ${HOW_TO_GET_IT}`);
  }
  return { file, version };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What a run of fortio left. */
export interface FortioOutput {
  /** Its JSON; empty when it failed before the first request. */
  readonly json: string;
  /** The last words of its log. */
  readonly complaint: string;
}

/** A run of fortio that is under way. */
export interface RunningFortio {
  readonly output: Promise<FortioOutput>;
  /** Ends it: with its result of what it has measured so far; the second time without. */
  interrupt(): void;
}

/** Starts fortio. It is out of reach of the terminal's Ctrl-C, so that whoever started it decides what becomes of it. */
export function startFortio(file: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningFortio {
  const child = spawn(file, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const output = new Promise<FortioOutput>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      const lines = Buffer.concat(stderr).toString('utf8').trimEnd().split('\n');
      resolve({ json: Buffer.concat(stdout).toString('utf8'), complaint: lines.at(-1)! });
    });
  });
  let isInterrupted = false;
  const interrupt = (): void => {
    child.kill(isInterrupted ? 'SIGKILL' : 'SIGINT');
    isInterrupted = true;
  };
  return { output, interrupt };
}
