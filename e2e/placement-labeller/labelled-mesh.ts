import { TestCluster } from '../servers/test-cluster';
import { eventually } from '../routing/poll';
import { buildLabeller, type LabellerOptions, LabellerProcess } from './labeller-process';
import { LabelledPods, podName, type PodName } from './labelled-pods';
import { ModelMeshRegistry } from './modelmesh-registry';
import { RegistryEtcd, type RegistryEtcdOptions } from './registry-etcd';

export const SERVICE_NAME = 'modelmesh-serving';
const NAMESPACE = 'mesh';

/** An API server, an etcd of ModelMesh's own, a mesh of three pods, and the labeller as a process. */
export class LabelledMesh {
  public static async start(options: RegistryEtcdOptions = {}): Promise<LabelledMesh> {
    buildLabeller();
    const cluster = await TestCluster.start();
    try {
      return new LabelledMesh(cluster, await RegistryEtcd.start(cluster.host, options));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  public readonly pods: readonly PodName[] = [1, 2, 3].map((number) => podName(SERVICE_NAME, number));
  private meshes = 0;

  private constructor(
    public readonly cluster: TestCluster,
    public readonly etcd: RegistryEtcd,
  ) {}

  /** A namespace with a mesh of its own: pods, a registry, nothing labelled. */
  public async addMesh(): Promise<Mesh> {
    this.meshes += 1;
    const namespace = `${NAMESPACE}-${this.meshes}`;
    await this.cluster.addNamespaces(namespace);
    const mesh = new Mesh(this, namespace);
    for (const { name, instanceId } of this.pods) {
      await mesh.objects.create(name);
      await mesh.registry.putInstance(instanceId);
    }
    return mesh;
  }

  public async stop(): Promise<void> {
    await this.cluster.stop();
  }
}

/** One namespace of a cluster with a mesh. */
export class Mesh {
  public readonly objects: LabelledPods;
  public readonly registry: ModelMeshRegistry;

  public constructor(
    private readonly where: LabelledMesh,
    public readonly namespace: string,
  ) {
    this.objects = new LabelledPods(where.cluster, namespace, SERVICE_NAME);
    this.registry = new ModelMeshRegistry(where.etcd, namespace, SERVICE_NAME);
  }

  /** The connection that ModelMesh's controller writes for the namespace. */
  public get connection(): { endpoints: string; root_prefix: string } {
    return { endpoints: this.where.etcd.url, root_prefix: this.registry.rootPrefix };
  }

  /** @param isWaitedFor whether it has to read everything first */
  public async startLabeller({
    isWaitedFor = true,
    ...options
  }: Partial<LabellerOptions> & { isWaitedFor?: boolean } = {}): Promise<LabellerProcess> {
    const { namespace, connection } = this;
    const labeller = await LabellerProcess.start({
      cluster: this.where.cluster,
      namespace,
      connection,
      name: `${namespace}-labeller`,
      ...options,
    });
    if (isWaitedFor) await labeller.isReady();
    return labeller;
  }

  /** Waits until the pods have these labels and no others. */
  public async expectHeld(held: Record<string, readonly string[]>, timeoutMillis = 20_000): Promise<void> {
    await eventually(async () => expect(await this.objects.held()).toEqual(held), timeoutMillis);
  }
}
