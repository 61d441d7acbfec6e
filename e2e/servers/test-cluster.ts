import { type Flavour, establish, readDefinitions } from '../kubernetes/definitions';
import { Resources } from '../kubernetes/resources';
import { startEtcd } from './etcd';
import { startKubeApiserver } from './kube-apiserver';
import { binary, prepared } from './prepared';
import { ServerHost } from './server-host';

export interface TestClusterOptions {
  /** Which definitions are established first; none leaves a server as it starts. */
  flavour?: Flavour;
  /** Further addresses of the network namespace, for pods that a suite plays: the API server refuses 127.0.0.1 in EndpointSlices. */
  addresses?: readonly string[];
  /** Whose requests the API server writes to its audit log. */
  auditedUser?: string;
}

/** An API server of one suite's own. What else the suite needs runs on the same host. */
export class TestCluster {
  public static async start({ flavour, addresses, auditedUser }: TestClusterOptions = {}): Promise<TestCluster> {
    const host = await ServerHost.start({ supervisor: prepared().supervisor, addresses });
    try {
      const etcd = await startEtcd(host, binary('etcd'));
      const { client, ...server } = await startKubeApiserver(host, binary('kube-apiserver'), etcd, auditedUser);
      const cluster = new TestCluster(host, new Resources(client), server.kubeconfig, server.certificate, etcd, server.auditLog);
      if (flavour !== undefined) {
        const definitions = readDefinitions(flavour).map(({ object }) => object);
        await establish(cluster.resources, definitions);
      }
      return cluster;
    } catch (error) {
      await host.stop();
      throw error;
    }
  }

  private constructor(
    public readonly host: ServerHost,
    public readonly resources: Resources,
    /** A file, for programs on the host. */
    public readonly kubeconfig: string,
    /** The server's own certificate and its key: they are good for any server at 127.0.0.1. */
    public readonly certificate: { file: string; keyFile: string },
    /** The URL of its store. */
    public readonly etcd: string,
    /** The file with the requests of the audited user. */
    public readonly auditLog: string,
  ) {}

  /** Makes namespaces as the cluster's owner would. */
  public async addNamespaces(...names: string[]): Promise<void> {
    await this.resources.ensure(...names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
  }

  public async stop(): Promise<void> {
    this.resources.client.close();
    await this.host.stop();
  }
}
