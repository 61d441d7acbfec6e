import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { MODEL_LABEL_PREFIX, MODEL_LOADED } from '../lib/values/model-label';
import type { TestCluster } from '../e2e/servers/test-cluster';

interface Event {
  type: string;
  object: { metadata: { name: string; labels?: Record<string, string> } };
}

/** The labels of all pods of a namespace as a watch shows them, and when. */
export class LabelWatch {
  public static async start(cluster: TestCluster, namespace: string): Promise<LabelWatch> {
    const config = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8')) as {
      clusters: { cluster: { server: string } }[];
      users: { user: { tokenFile: string } }[];
    };
    const { port } = new URL(config.clusters[0]!.cluster.server);
    const request = https.get({
      socketPath: path.join(cluster.host.folder, `${port}.sock`),
      ca: readFileSync(cluster.certificate.file),
      servername: 'kubernetes',
      path: `/api/v1/namespaces/${namespace}/pods?watch=1`,
      headers: {
        authorization: `Bearer ${readFileSync(config.users[0]!.user.tokenFile, 'utf8')}`,
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      },
    });
    const watch = new LabelWatch(request);
    await new Promise((resolve, reject) => request.once('response', resolve).once('error', reject));
    return watch;
  }

  private readonly known = new Map<string, Record<string, string>>();
  private readonly waiting = new Set<() => boolean>();

  private constructor(private readonly request: ReturnType<typeof https.get>) {
    let rest = '';
    request.once('response', (response) =>
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop()!;
        for (const line of lines) this.take(JSON.parse(line) as Event);
      }),
    );
    request.on('error', () => undefined);
  }

  /** How many models the pods hold by their labels, each copy counted. */
  public get labels(): number {
    return [...this.known.keys()].reduce((sum, name) => sum + this.countAt(name), 0);
  }

  public countAt(pod: string): number {
    const labels = Object.keys(this.known.get(pod) ?? {});
    return labels.filter((key) => key.startsWith(`${MODEL_LABEL_PREFIX}/`)).length;
  }

  public has(pod: string, key: string): boolean {
    return this.known.get(pod)?.[key] !== undefined;
  }

  /** When a pod is seen with a label, by `performance.now()`. */
  public async seen(pod: string, key: string, value = MODEL_LOADED): Promise<number> {
    await this.until(() => this.known.get(pod)?.[key] === value);
    return performance.now();
  }

  public until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): boolean => {
        if (!isSo()) return false;
        this.waiting.delete(look);
        resolve();
        return true;
      };
      if (!look()) this.waiting.add(look);
    });
  }

  public stop(): void {
    this.request.destroy();
  }

  private take({ type, object }: Event): void {
    if (type === 'ADDED' || type === 'MODIFIED') this.known.set(object.metadata.name, object.metadata.labels ?? {});
    for (const look of [...this.waiting]) look();
  }
}
