import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import { Resources } from '../kubernetes/resources';
import { prepared } from './prepared';
import { runQuietly } from './run-command';
import { ServerHost } from './server-host';

/** The cluster of KUBECONFIG, and a namespace of our own in it. `kubectl proxy` does the authentication, whichever it is. */
export class ExistingCluster {
  public static async connect(): Promise<ExistingCluster> {
    // Never the cluster that happens to be a person's current one.
    if (!process.env['KUBECONFIG']) throw new Error('--existing needs KUBECONFIG: the file that says which cluster');
    if (runQuietly('kubectl', ['version', '--client']) === undefined) throw new Error('--existing needs kubectl on PATH, which is missing');
    const host = await ServerHost.start({ supervisor: prepared().supervisor, onMachineNetwork: true });
    try {
      const socketPath = path.join(host.folder, 'kubectl.sock');
      await host.run({ name: 'kubectl', command: 'kubectl', args: ['proxy', `--unix-socket=${socketPath}`], env: process.env });
      const client = new ApiClient({ socketPath });
      await host.waitFor('kubectl', async () => (await client.request('GET', '/version')).status === 200, 30_000);
      const cluster = new ExistingCluster(host, new Resources(client), `cdk8s-modelmesh-e2e-${randomBytes(4).toString('hex')}`);
      await cluster.resources.ensure(cluster.namespaceObject());
      return cluster;
    } catch (error) {
      await host.stop();
      throw error;
    }
  }

  private constructor(
    private readonly host: ServerHost,
    public readonly resources: Resources,
    public readonly namespace: string,
  ) {}

  /** Removes the namespace, too. */
  public async stop(): Promise<void> {
    await this.resources.remove(this.namespaceObject());
    this.resources.client.close();
    await this.host.stop();
  }

  /** Without ModelMesh's label: its controller does nothing in this namespace. */
  private namespaceObject(): KubernetesObject {
    return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace } };
  }
}
