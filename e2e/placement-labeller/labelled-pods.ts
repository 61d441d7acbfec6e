import type { KubernetesObject } from '../kubernetes/object';
import type { TestCluster } from '../servers/test-cluster';

/** A pod's own name and ModelMesh's for its process. */
export interface PodName {
  name: string;
  instanceId: string;
}

/** Names as those of a Deployment's pods. */
export function podName(serviceName: string, number: number): PodName {
  const name = `${serviceName}-mlserver-1.x-5d8b6d54-${number.toString(36).padStart(5, 'x')}`;
  return { name, instanceId: name.slice(-12) };
}

/** The pods of a mesh, as objects without processes. */
export class LabelledPods {
  public constructor(
    private readonly cluster: TestCluster,
    private readonly namespace: string,
    private readonly serviceName: string,
  ) {}

  public async create(name: string, labels: Record<string, string> = {}): Promise<void> {
    await this.cluster.resources.ensure(this.object(name, labels));
  }

  public async remove(name: string): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/pods/${name}?gracePeriodSeconds=0`;
    await this.cluster.resources.client.demand('DELETE', path);
  }

  /** The labels of a pod. */
  public async labels(name: string): Promise<Record<string, string>> {
    const found = await this.cluster.resources.find(this.object(name));
    return found?.metadata.labels ?? {};
  }

  /** The names after the prefix of all labels under it with the value `loaded`, of every pod of the namespace; pods without one are left out. */
  public async held(prefix = 'models.modelmesh.cdk8s.io'): Promise<Record<string, string[]>> {
    const path = `/api/v1/namespaces/${this.namespace}/pods`;
    const { items } = await this.cluster.resources.client.get<{ items: KubernetesObject[] }>(path);
    const held: Record<string, string[]> = {};
    for (const { metadata } of items) {
      const labels = Object.entries(metadata.labels ?? {}).filter(([key, value]) => key.startsWith(`${prefix}/`) && value === 'loaded');
      if (labels.length > 0) held[metadata.name] = labels.map(([key]) => key.slice(prefix.length + 1)).sort();
    }
    return held;
  }

  /** What others write to a pod. */
  public async setLabels(name: string, labels: Record<string, string | null>): Promise<void> {
    await this.cluster.resources.client.merge(`/api/v1/namespaces/${this.namespace}/pods/${name}`, { metadata: { labels } });
  }

  private object(name: string, labels: Record<string, string> = {}): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: this.namespace, labels: { 'modelmesh-service': this.serviceName, ...labels } },
      spec: { automountServiceAccountToken: false, containers: [{ name: 'mm', image: 'modelmesh' }] },
    } as KubernetesObject;
  }
}
