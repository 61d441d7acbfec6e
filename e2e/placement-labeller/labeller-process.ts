import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { type FinishedCommand, runToItsEnd } from '../servers/finished-command';
import { run } from '../servers/run-command';
import { repositoryRoot } from '../servers/settings';
import type { TestCluster } from '../servers/test-cluster';

export const PROGRAM = path.join(repositoryRoot, 'placement-labeller/build/placement-labeller.cjs');

/** Makes the program as its image has it. */
export function buildLabeller(): void {
  run(process.execPath, [path.join(repositoryRoot, 'placement-labeller/build.mjs')]);
}

export interface LabellerOptions {
  cluster: TestCluster;
  namespace: string;
  /** What the Secret's key `etcd_connection` holds. */
  connection: object;
  /** Its name among the servers, and its identity in the Lease. */
  name?: string;
  flags?: readonly string[];
}

/** The program as it runs in a pod, with the rights of the one that runs the suite. */
export class LabellerProcess {
  public static async start(options: LabellerOptions): Promise<LabellerProcess> {
    const { cluster, name = 'labeller' } = options;
    const port = await cluster.host.findPort();
    const labeller = new LabellerProcess(options, name, port, await cluster.host.openSocketTo(port));
    labeller.writeConnection(options.connection);
    labeller.writeKubeconfig();
    // The shell becomes the program, so that its id is that of the program.
    const args = ['-c', 'echo $$ > "$0"; exec "$@"', labeller.pidFile, process.execPath, PROGRAM, 'run', ...labeller.args()];
    await cluster.host.run({ name, command: 'sh', args, env: labeller.env });
    return labeller;
  }

  private constructor(
    private readonly options: LabellerOptions,
    public readonly name: string,
    private readonly port: number,
    private readonly socketPath: string,
  ) {}

  public writeConnection(connection: object): void {
    writeFileSync(this.connectionFile, JSON.stringify(connection), { mode: 0o600 });
  }

  /** Waits until it has read everything. */
  public async isReady(): Promise<void> {
    await this.options.cluster.host.waitFor(this.name, async () => (await this.get('/readyz')).status === 200);
  }

  /** Ends as in a crash. */
  public async kill(): Promise<void> {
    await this.options.cluster.host.killServer(this.name);
  }

  /** Ends as kubelet ends a pod. */
  public async stop(): Promise<void> {
    await this.options.cluster.host.stopServer(this.name);
  }

  public async runAgain(): Promise<void> {
    await this.options.cluster.host.runAgain(this.name);
  }

  /** As a machine that is out of breath: the program stands still until `SIGCONT`. */
  public signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(Number(readFileSync(this.pidFile, 'utf8')), name);
  }

  /** Runs the command `cleanup` to its end. */
  public async cleanup(...flags: string[]): Promise<FinishedCommand> {
    const args = [PROGRAM, 'cleanup', ...this.args(), ...flags];
    return runToItsEnd(this.options.cluster.host, { name: `${this.name}-cleanup`, command: process.execPath, args, env: this.env });
  }

  public get(url: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const request = http.get({ socketPath: this.socketPath, path: url, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode!, body }));
      });
      request.on('error', reject);
    });
  }

  /** The value of a metric, by its name with its labels as Prometheus writes it. */
  public async metric(name: string): Promise<number> {
    const { body } = await this.get('/metrics');
    const line = body.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    if (line === undefined) throw new Error(`there is no metric ${name}:\n${body}`);
    return Number(line.slice(name.length + 1));
  }

  /** What it wrote, line by line. */
  public log(): { level: string; msg: string; [field: string]: unknown }[] {
    const file = path.join(this.options.cluster.host.folder, `${this.name}.log`);
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { level: string; msg: string });
  }

  private get pidFile(): string {
    return path.join(this.options.cluster.host.folder, `${this.name}.pid`);
  }

  private get connectionFile(): string {
    return path.join(this.options.cluster.host.folder, `${this.name}-etcd_connection`);
  }

  private get env(): NodeJS.ProcessEnv {
    // What a suite does not give as a flag.
    return { KUBECONFIG: this.kubeconfig, PLACEMENT_LABELLER_LEASE_SECONDS: '3', PLACEMENT_LABELLER_LOG_LEVEL: 'debug' };
  }

  /** That of the cluster, with the token itself: @kubernetes/client-node knows no `tokenFile`. */
  private writeKubeconfig(): void {
    const config = JSON.parse(readFileSync(this.options.cluster.kubeconfig, 'utf8')) as {
      users: { user: { tokenFile: string; token?: string } }[];
    };
    for (const { user } of config.users) user.token = readFileSync(user.tokenFile, 'utf8');
    writeFileSync(this.kubeconfig, JSON.stringify(config), { mode: 0o600 });
  }

  private get kubeconfig(): string {
    return path.join(this.options.cluster.host.folder, `${this.name}-kubeconfig`);
  }

  private args(): string[] {
    const { namespace, flags = [] } = this.options;
    return [
      ...[`--namespace=${namespace}`, `--identity=${this.name}`, `--etcd-connection=${this.connectionFile}`, `--port=${this.port}`],
      ...flags,
    ];
  }
}
