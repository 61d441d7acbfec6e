import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordsFolder } from './leftovers';
import { type Network, findNetwork } from './network-namespace';
import { settings } from './settings';
import type { Answer, Event, Request } from './supervisor/protocol';

// Distributed over the members of the union: each request without its id.
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface ServerCommand {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

export interface ServerHostOptions {
  /** The script of the supervisor. */
  supervisor: string;
  /** Further addresses of the namespace's loopback interface. */
  addresses?: readonly string[];
  /** Whether the servers reach what this machine reaches, instead of only each other. */
  onMachineNetwork?: boolean;
}

/**
 * A place for servers: one network, one scratch folder, one process that owns them. When the host is stopped, or the process that made it
 * ends in any way, the servers end.
 */
export class ServerHost {
  public static async start({ supervisor, addresses, onMachineNetwork = false }: ServerHostOptions): Promise<ServerHost> {
    const network = onMachineNetwork ? { isolated: false, because: 'asked for', prefix: [] } : findNetwork(addresses);
    const folder = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-e2e-'));
    mkdirSync(recordsFolder, { recursive: true, mode: 0o700 });
    const record = path.join(recordsFolder, `${path.basename(folder)}.json`);
    const output = openSync(path.join(folder, 'supervisor.log'), 'a', 0o600);
    const [command, ...args] = [...network.prefix, process.execPath, supervisor, record, folder, settings.keep ? 'keep' : 'remove'];
    const child = spawn(command!, args, { detached: true, stdio: ['ignore', output, output, 'ipc'] });
    const host = new ServerHost(folder, network, child);
    await host.ready;
    return host;
  }

  private readonly pending = new Map<number, { resolve(value: number | undefined): void; reject(error: Error): void }>();
  private readonly pids = new Map<string, number>();
  private readonly commands = new Map<string, ServerCommand>();
  private readonly ended = new Map<string, string>();
  private readonly ready: Promise<void>;
  private readonly gone: Promise<void>;
  private lastId = 0;

  private constructor(
    /** Private to this run: data, keys, logs, sockets. */
    public readonly folder: string,
    public readonly network: Network,
    private readonly child: ChildProcess,
  ) {
    this.gone = new Promise((resolve) => child.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      child.on('message', (message: Answer | Event) => {
        if (!('event' in message)) return this.settle(message);
        if (message.event === 'ready') {
          // A suite that forgets to stop its servers still ends, and they with it.
          child.unref();
          child.channel?.unref();
          return resolve();
        }
        this.ended.set(message.name, message.how);
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        const error = new Error(`the supervisor of the servers ended (${signal ?? `exit code ${code}`})\n${this.logOf('supervisor')}`);
        reject(error);
        for (const { reject: fail } of this.pending.values()) fail(error);
        this.pending.clear();
      });
    });
  }

  /** Starts a server; its output goes to `NAME.log` in the folder. */
  public async run(server: ServerCommand): Promise<void> {
    const { name, command, args, env = {} } = server;
    this.commands.set(name, server);
    // What a server puts into the usual places would stay behind, and be in the way of another run's.
    const base = { PATH: process.env['PATH'], HOME: this.folder, TMPDIR: this.folder };
    this.ended.delete(name);
    const log = path.join(this.folder, `${name}.log`);
    this.pids.set(name, (await this.ask({ do: 'start', name, command, args, env: { ...base, ...env }, cwd: this.folder, log }))!);
  }

  /** Waits until a server answers, and fails as soon as it has ended. */
  public async waitFor(name: string, isReady: () => Promise<boolean>, timeoutMillis = 60_000): Promise<void> {
    for (const deadline = Date.now() + timeoutMillis; ;) {
      const answer = await isReady().catch((error: Error) => error.message);
      if (answer === true) return;
      const how = this.ended.get(name);
      if (how !== undefined) throw new Error(`${name} ended (${how}):\n${this.logOf(name)}`);
      if (Date.now() > deadline) throw new Error(`${name} is not ready after ${timeoutMillis / 1000} s (${answer}):\n${this.logOf(name)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  public async stopServer(name: string): Promise<void> {
    await this.ask({ do: 'stop', name });
  }

  /** Ends a server as a crash would (SIGKILL). */
  public async killServer(name: string): Promise<void> {
    await this.ask({ do: 'kill', name });
  }

  /** Starts a server that has ended once more, as it was started last: at the same ports, with the data that it left. */
  public async runAgain(name: string): Promise<void> {
    const server = this.commands.get(name);
    if (server === undefined) throw new Error(`${name} was never started`);
    await this.run(server);
  }

  public async findPort(): Promise<number> {
    return (await this.ask({ do: 'find-port' }))!;
  }

  /** A socket in the file system that leads to a port inside: the way for tests, which run outside. */
  public async openSocketTo(port: number): Promise<string> {
    const socket = path.join(this.folder, `${port}.sock`);
    await this.ask({ do: 'relay', socket, port });
    return socket;
  }

  /** The last lines that a server wrote. */
  public logOf(name: string, lines = 15): string {
    const file = path.join(this.folder, `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
  }

  /** The process of a server. */
  public pidOf(name: string): number {
    return this.pids.get(name)!;
  }

  /** The most memory that a server held so far, in MiB. */
  public peakMemory(name: string): number {
    const status = readFileSync(`/proc/${this.pidOf(name)}/status`, 'utf8');
    return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
  }

  public async stop(): Promise<void> {
    this.child.ref();
    if (this.child.connected) this.child.disconnect();
    await this.gone;
  }

  private ask(request: Unnumbered<Request>): Promise<number | undefined> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.channel?.ref();
      this.child.send({ id, ...request }, (error) => error && reject(error));
    });
  }

  private settle({ id, value, error }: Answer): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (this.pending.size === 0) this.child.channel?.unref();
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}
