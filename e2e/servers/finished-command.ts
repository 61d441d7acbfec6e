import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ServerCommand, ServerHost } from './server-host';

/** What a program that ends by itself left. */
export interface FinishedCommand {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end inside the network of a host's servers. */
export async function runToItsEnd(host: ServerHost, command: ServerCommand, timeoutMillis = 120_000): Promise<FinishedCommand> {
  const file = (kind: string) => path.join(host.folder, `${command.name}.${kind}`);
  const script = 'out="$1" err="$2" code="$3"; shift 3; "$@" > "$out" 2> "$err"; echo $? > "$code.draft"; mv "$code.draft" "$code"';
  const args = ['-c', script, 'sh', file('stdout'), file('stderr'), file('exit-code'), command.command, ...command.args];
  rmSync(file('exit-code'), { force: true });
  await host.run({ ...command, command: 'sh', args });
  for (const deadline = Date.now() + timeoutMillis; !existsSync(file('exit-code'));) {
    if (Date.now() > deadline) throw new Error(`${command.name} has not ended after ${timeoutMillis / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const read = (kind: string) => readFileSync(file(kind), 'utf8');
  return { exitCode: Number(read('exit-code')), stdout: read('stdout'), stderr: read('stderr') };
}
