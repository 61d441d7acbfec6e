import { buildSync } from 'esbuild';
import path from 'node:path';
import type { KubernetesObject } from '../kubernetes/object';
import { cacheFolder, shortHash } from '../servers/settings';
import type { TestCluster } from '../servers/test-cluster';
import { writeFileAtomically } from '../servers/write-file';
import { publishEndpoints } from './endpoint-slices';
import { ModelRegistry, type RegisteredModel } from './model-registry';

export interface MeshPodsOptions {
  namespace: string;
  /** The Service that ModelMesh's controller makes. */
  serviceName: string;
  /** Runtime of each pod, by the pod's name. */
  pods: Record<string, { runtime: string; address: string }>;
  models: Record<string, RegisteredModel>;
  loadMillis: number;
  /** Whether the pods take JSON on the port of the REST proxy, too. @default false */
  hasRestProxy?: boolean;
}

// Those of the Service that the controller makes, and of the containers in its Deployments.
const PORTS = { grpc: 8033, http: 8008, prometheus: 2112 };

/** The pods of a mesh: objects of the API server, as ModelMesh's controller and a node would make them, and the processes behind them. */
export class MeshPods {
  public static async start(cluster: TestCluster, options: MeshPodsOptions): Promise<MeshPods> {
    const folder = path.join(cluster.host.folder, `registry-${options.namespace}`);
    const registry = new ModelRegistry(folder);
    const { models, pods, loadMillis, hasRestProxy = false } = options;
    registry.register({ models, pods, loadMillis, restPort: hasRestProxy ? PORTS.http : undefined });
    const mesh = new MeshPods(cluster, registry, options, folder, bundle());
    const { namespace, serviceName } = options;
    await cluster.resources.ensure({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: serviceName, namespace, labels: { 'modelmesh-service': serviceName } },
      spec: {
        clusterIP: 'None',
        selector: { 'modelmesh-service': serviceName },
        ports: Object.entries(PORTS).map(([name, port]) => ({ name, port, targetPort: name })),
      },
    });
    for (const pod of mesh.names) await mesh.run(pod);
    await mesh.publish();
    return mesh;
  }

  private readonly alive = new Set<string>();
  private readonly starts = new Map<string, number>();
  private readonly labels = new Map<string, Record<string, string>>();

  private constructor(
    private readonly cluster: TestCluster,
    public readonly registry: ModelRegistry,
    private readonly options: MeshPodsOptions,
    private readonly folder: string,
    private readonly program: string,
  ) {}

  /** Address of each pod, by its name. */
  public get addresses(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.options.pods).map(([pod, { address }]) => [pod, address]));
  }

  public get names(): string[] {
    return Object.keys(this.options.pods);
  }

  /** The pods of a runtime. */
  public of(runtime: string): string[] {
    return this.names.filter((pod) => this.options.pods[pod]!.runtime === runtime);
  }

  public isAlive(pod: string): boolean {
    return this.alive.has(pod);
  }

  /** The process of a pod dies. The API server goes on listing the pod. */
  public async kill(pod: string): Promise<void> {
    this.alive.delete(pod);
    await this.cluster.host.stopServer(pod);
  }

  /** Starts the process of a pod, and lists it if it was not. */
  public async run(pod: string): Promise<void> {
    const { host, resources } = this.cluster;
    await host.run({ name: pod, command: process.execPath, args: [this.program, this.folder, pod] });
    // One line for each start of the process.
    const starts = (this.starts.get(pod) ?? 0) + 1;
    this.starts.set(pod, starts);
    await host.waitFor(pod, async () => host.logOf(pod, starts + 100).split('listens on').length > starts);
    this.alive.add(pod);
    await resources.ensure(this.objectOf(pod));
    await this.writeReadiness(pod, true);
  }

  /** What a node finds out some seconds after the death of a pod: it is no longer listed. */
  public async unlist(pod: string): Promise<void> {
    await this.writeReadiness(pod, false);
    await this.publish();
  }

  /** Plays the controller that lists the pods behind each Service: those of the mesh and those that came with manifests. */
  public async publish(): Promise<void> {
    await publishEndpoints(this.cluster.resources, this.options.namespace);
  }

  /** Labels every pod with the models that it holds, as a labeller that follows ModelMesh's registry would. */
  public async label(labelsFor: (models: readonly string[]) => Record<string, string>): Promise<void> {
    const { resources } = this.cluster;
    for (const pod of this.names) {
      const now = labelsFor(this.registry.heldBy(pod));
      const gone = Object.keys(this.labels.get(pod) ?? {}).filter((key) => !(key in now));
      const labels = { ...Object.fromEntries(gone.map((key) => [key, null])), ...now };
      this.labels.set(pod, now);
      if (Object.keys(labels).length > 0)
        await resources.client.merge((await resources.pathOf(this.objectOf(pod)))!, { metadata: { labels } });
    }
  }

  private async writeReadiness(pod: string, isReady: boolean): Promise<void> {
    const podIP = this.options.pods[pod]!.address;
    const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False' }];
    await this.cluster.resources.writeStatus(this.objectOf(pod), { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions });
  }

  private objectOf(pod: string): KubernetesObject {
    const { namespace, serviceName, pods } = this.options;
    const { runtime } = pods[pod]!;
    const ports = Object.entries(PORTS).map(([name, containerPort]) => ({ name, containerPort }));
    const labels = { 'modelmesh-service': serviceName, name: `${serviceName}-${runtime}`, ...this.labels.get(pod) };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod, namespace, labels },
      spec: { nodeName: 'node', automountServiceAccountToken: false, containers: [{ name: 'mm', image: 'modelmesh', ports }] },
    };
  }
}

/** The program of a pod as one plain script, for the process that runs it. */
function bundle(): string {
  const entryPoints = [path.join(__dirname, 'model-pod', 'main.ts')];
  const { contents } = buildSync({ entryPoints, bundle: true, platform: 'node', target: 'node20', write: false }).outputFiles[0]!;
  return writeFileAtomically(path.join(cacheFolder, `model-pod-${shortHash(Buffer.from(contents))}.cjs`), contents);
}
