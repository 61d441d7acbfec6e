import { spawnSync } from 'node:child_process';

interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end and returns what it wrote. Its words are the error when it fails. */
export function run(command: string, args: readonly string[], { cwd, env }: Options = {}): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${status}:\n${(stderr || stdout).trim().slice(-4000)}`);
  return stdout;
}

/** The same; undefined when there is no such command. */
export function runQuietly(command: string, args: readonly string[], options: Options = {}): string | undefined {
  try {
    return run(command, args, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
