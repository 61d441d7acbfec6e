import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import { type FinishedCommand, runToItsEnd } from '../servers/finished-command';
import type { TestCluster } from '../servers/test-cluster';
import { PROGRAM } from './labeller-process';

interface Deployment extends KubernetesObject {
  spec: { replicas: number; template: { metadata: object; spec: PodSpec } };
}

interface PodSpec {
  serviceAccountName: string;
  containers: Container[];
  volumes: { name: string; secret: { secretName: string; items: { key: string; path: string }[] } }[];
}

interface Container {
  args?: string[];
  env: { name: string; value?: string; valueFrom?: { fieldRef: { fieldPath: string } } }[];
  volumeMounts: { name: string; mountPath: string }[];
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority': string } }[];
  users: { name: string; user: object }[];
}

/**
 * The pods of a labeller's Deployment, as processes: with the variables and the files that a node would give them, and with the rights of their
 * ServiceAccount alone.
 */
export class DeclaredLabeller {
  /**
   * @param deployment as it stands on the API server
   * @param overrides variables that differ from those of the Deployment
   */
  public static async of(cluster: TestCluster, deployment: KubernetesObject, overrides: NodeJS.ProcessEnv): Promise<DeclaredLabeller> {
    const labeller = new DeclaredLabeller(cluster, deployment as Deployment, overrides);
    mkdirSync(labeller.folder, { mode: 0o700 });
    await labeller.mountSecret();
    labeller.token = await labeller.requestToken();
    labeller.write('kubeconfig', labeller.kubeconfig());
    for (const name of labeller.names) labeller.ports.set(name, await cluster.host.findPort());
    return labeller;
  }

  /** Names of the pods. */
  public readonly names: readonly string[];
  /** Made for this run; it ends with it. */
  private token = '';
  private readonly ports = new Map<string, number>();
  private readonly folder: string;

  private constructor(
    private readonly cluster: TestCluster,
    private readonly deployment: Deployment,
    private readonly overrides: NodeJS.ProcessEnv,
  ) {
    const { name } = deployment.metadata;
    this.names = Array.from({ length: deployment.spec.replicas }, (_, index) => `${name}-5d8b6d54-${index}`);
    this.folder = path.join(cluster.host.folder, `mounts-${name}`);
  }

  public get namespace(): string {
    return this.deployment.metadata.namespace!;
  }

  /** A pod as the Deployment's controller would make it. */
  public get pod(): KubernetesObject {
    const { metadata, spec } = this.deployment.spec.template;
    return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: this.names[0]!, namespace: this.namespace }, spec };
  }

  /** Starts these pods. */
  public async start(names: readonly string[] = this.names): Promise<void> {
    const { host } = this.cluster;
    for (const name of names) await host.run({ name, command: process.execPath, args: [PROGRAM], env: this.environment(name) });
  }

  public async kill(names: readonly string[] = this.names): Promise<void> {
    for (const name of names) await this.cluster.host.killServer(name);
  }

  /** Ends these pods as a node would. */
  public async stop(names: readonly string[] = this.names): Promise<void> {
    for (const name of names) await this.cluster.host.stopServer(name);
  }

  /** The pod of a Job, run once. */
  public runJob(job: KubernetesObject): Promise<FinishedCommand> {
    const { name } = job.metadata;
    const [container] = (job as Deployment).spec.template.spec.containers;
    const args = [PROGRAM, ...(container!.args ?? [])];
    return runToItsEnd(this.cluster.host, { name, command: process.execPath, args, env: this.environment(name, container) });
  }

  /** The API server as the ServiceAccount meets it. */
  public client(): ApiClient {
    const { port } = new URL(this.adminConfig().clusters[0]!.cluster.server);
    const socketPath = path.join(this.cluster.host.folder, `${port}.sock`);
    const tls = { ca: readFileSync(this.cluster.certificate.file, 'utf8'), servername: 'kubernetes' };
    return new ApiClient({ socketPath, tls, token: this.token });
  }

  /** Who holds the Lease. */
  public async leader(): Promise<string | undefined> {
    const metadata = { name: this.deployment.metadata.name, namespace: this.namespace };
    const lease = await this.cluster.resources.find({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata });
    return (lease?.spec as { holderIdentity?: string } | undefined)?.holderIdentity;
  }

  private environment(name: string, container = this.deployment.spec.template.spec.containers[0]): NodeJS.ProcessEnv {
    const fields: Record<string, string> = { 'metadata.name': name, 'metadata.namespace': this.namespace };
    const declared = container!.env.map(({ name, value, valueFrom }) => [name, value ?? fields[valueFrom!.fieldRef.fieldPath]]);
    const [mount] = container!.volumeMounts;
    const isMounted = ([, value]: (string | undefined)[]) => value?.startsWith(`${mount!.mountPath}/`);
    return {
      ...Object.fromEntries(declared),
      // Here the files lie elsewhere, and all pods have one address.
      ...Object.fromEntries(declared.filter(isMounted).map(([key, value]) => [key, value!.replace(mount!.mountPath, this.folder)])),
      PLACEMENT_LABELLER_PORT: String(this.ports.get(name) ?? 8080),
      ...this.overrides,
      KUBECONFIG: path.join(this.folder, 'kubeconfig'),
    };
  }

  /** Plays the node: the items of the Secret become files. */
  private async mountSecret(): Promise<void> {
    const [volume] = this.deployment.spec.template.spec.volumes;
    const { secretName, items } = volume!.secret;
    const metadata = { name: secretName, namespace: this.namespace };
    const secret = await this.cluster.resources.find({ apiVersion: 'v1', kind: 'Secret', metadata });
    const data = secret?.['data'] as Record<string, string> | undefined;
    for (const { key, path: file } of items) this.write(file, Buffer.from(data![key]!, 'base64').toString('utf8'));
  }

  private async requestToken(): Promise<string> {
    const { serviceAccountName } = this.deployment.spec.template.spec;
    const url = `/api/v1/namespaces/${this.namespace}/serviceaccounts/${serviceAccountName}/token`;
    const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } });
    const answer = await this.cluster.resources.client.demand<{ status: { token: string } }>('POST', url, {
      type: 'application/json',
      body,
    });
    return answer.body.status.token;
  }

  private kubeconfig(): string {
    const config = this.adminConfig();
    return JSON.stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token: this.token } })) });
  }

  private adminConfig(): Kubeconfig {
    return JSON.parse(readFileSync(this.cluster.kubeconfig, 'utf8')) as Kubeconfig;
  }

  private write(file: string, content: string): void {
    writeFileSync(path.join(this.folder, file), content, { mode: 0o600 });
  }
}
