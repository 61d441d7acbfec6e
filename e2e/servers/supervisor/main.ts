// Runs inside the network namespace of a group of servers and owns them: it starts and stops them, records them on disk, and lets tests
// outside reach their ports through sockets in the file system. When the test process is gone, however it ended, so are the servers.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { identify, type ProcessIdentity } from '../process-identity';
import { killGroup, stopGroup } from '../stop-group';
import type { Answer, Event, Request } from './protocol';

const [record, folder, whatToDoWithIt] = process.argv.slice(2) as [string, string, 'keep' | 'remove'];
const servers = new Map<string, ChildProcess>();
let ending = false;

function tell(message: Answer | Event): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Written before a server's start is reported, so that the next run finds what a killed supervisor left behind. */
function writeRecord(): void {
  const running = [...servers.values()].flatMap(({ pid }) => (pid === undefined ? [] : (identify(pid) ?? [])));
  writeFileSync(record, JSON.stringify({ folder, supervisor: identify(process.pid), servers: running }), { mode: 0o600 });
}

function start({ name, command, args, env, cwd, log }: Extract<Request, { do: 'start' }>): Promise<number> {
  const output = openSync(log, 'a', 0o600);
  // A group of its own: what the server starts ends with it, and a Ctrl-C at the terminal does not reach it before the tests have ended.
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      servers.set(name, child);
      writeRecord();
      resolve(child.pid!);
    });
    child.once('exit', (code, signal) => {
      if (servers.get(name) !== child) return;
      servers.delete(name);
      writeRecord();
      tell({ event: 'ended', name, how: signal ?? `exit code ${code}` });
    });
  });
}

async function stop(name: string, end: (leader: ProcessIdentity) => Promise<void>): Promise<void> {
  const child = servers.get(name);
  if (child?.pid === undefined) return;
  const identity = identify(child.pid);
  const reaped = new Promise((resolve) => child.once('exit', resolve));
  servers.delete(name);
  if (identity !== undefined) await Promise.all([end(identity), reaped]);
  writeRecord();
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function relay(socket: string, port: number): Promise<void> {
  const server = net.createServer((outside) => {
    const inside = net.connect(port, '127.0.0.1');
    for (const [from, to] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  return new Promise((resolve, reject) => server.once('error', reject).listen(socket, resolve));
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  for (const name of [...servers.keys()].reverse()) await stop(name, stopGroup);
  if (whatToDoWithIt === 'remove') rmSync(folder, { recursive: true, force: true });
  rmSync(record, { force: true });
  process.exit(0);
}

async function answer(request: Request): Promise<number | undefined> {
  switch (request.do) {
    case 'start':
      return start(request);
    case 'stop':
      await stop(request.name, stopGroup);
      return undefined;
    case 'kill':
      await stop(request.name, killGroup);
      return undefined;
    case 'find-port':
      return findPort();
    case 'relay':
      await relay(request.socket, request.port);
      return undefined;
  }
}

process.on('message', (request: Request) => {
  answer(request).then(
    (value) => tell({ id: request.id, value }),
    (error: Error) => tell({ id: request.id, error: error.message }),
  );
});
process.on('disconnect', () => void end());
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
writeRecord();
tell({ event: 'ready' });
