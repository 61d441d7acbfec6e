import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import { goModuleFolder } from './go-tool';
import { binary } from './prepared';
import type { TestCluster } from './test-cluster';

const MODULE = 'github.com/kserve/modelmesh-serving';
const NAME = 'modelmesh-controller';

/** The namespace of the controller, its Secret for etcd, and its ConfigMap if there is one. */
export const CONTROLLER_NAMESPACE = 'modelmesh-controller';

const WEBHOOK_PATH = '/validate-serving-modelmesh-io-v1alpha1-servingruntime';
// The controller knows no other port.
const WEBHOOK_PORT = 9443;

/** One line that the controller wrote about something that went wrong. */
export interface LogLine {
  level: string;
  msg: string;
  controller?: string;
  namespace?: string;
  name?: string;
  error?: string;
}

/** The controller of ModelMesh, built from its sources, with the settings that it is shipped with and its admission webhook. */
export class ModelMeshController {
  /** Starts it on a cluster that has ModelMesh's definitions. */
  public static async start(cluster: TestCluster): Promise<ModelMeshController> {
    const { host, certificate, resources, etcd } = cluster;
    const module = goModuleFolder(MODULE, NAME);
    // The templates of what it makes are looked for in the working folder; the shipped settings beside the source, whose name in the
    // program begins with the module's.
    const compiled = path.join(host.folder, `${MODULE}@${path.basename(module).split('@')[1]}`);
    mkdirSync(path.dirname(compiled), { recursive: true });
    symlinkSync(module, compiled);
    symlinkSync(path.join(module, 'config'), path.join(host.folder, 'config'));
    const certificates = path.join(host.folder, 'k8s-webhook-server', 'serving-certs');
    mkdirSync(certificates, { recursive: true });
    copyFileSync(certificate.file, path.join(certificates, 'tls.crt'));
    copyFileSync(certificate.keyFile, path.join(certificates, 'tls.key'));

    const etcdSecret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'model-serving-etcd', namespace: CONTROLLER_NAMESPACE },
      stringData: { etcd_connection: JSON.stringify({ endpoints: etcd, root_prefix: 'modelmesh-serving' }) },
    };
    await cluster.addNamespaces(CONTROLLER_NAMESPACE);
    await resources.ensure(etcdSecret, webhookConfiguration(readFileSync(certificate.file)));
    const ports = { metrics: await host.findPort(), probe: await host.findPort() };
    const client = new ApiClient({ socketPath: await host.openSocketTo(ports.metrics) });
    const controller = new ModelMeshController(cluster, module, etcdSecret, ports, client);
    await controller.run();
    return controller;
  }

  private readonly errorLines: LogLine[] = [];
  /** How much of the log has been read for them. */
  private read = 0;

  private constructor(
    private readonly cluster: TestCluster,
    /** The folder of its sources: it holds the runtimes that it is shipped with, too. */
    public readonly sources: string,
    /** How it gets at etcd; copies of it go to the namespaces of meshes. */
    public readonly etcdSecret: KubernetesObject,
    private readonly ports: { metrics: number; probe: number },
    private readonly metricsClient: ApiClient,
  ) {}

  /** Starts it, also again after it ended. */
  public async run(): Promise<void> {
    const { host, kubeconfig } = this.cluster;
    await host.run({
      name: NAME,
      command: binary('modelmesh-controller').file,
      args: [`--metrics-addr=127.0.0.1:${this.ports.metrics}`, `--health-probe-bind-address=127.0.0.1:${this.ports.probe}`],
      env: { KUBECONFIG: kubeconfig, NAMESPACE: CONTROLLER_NAMESPACE, CONTROLLER_DEPLOYMENT: NAME, ETCD_SECRET_NAME: 'model-serving-etcd' },
    });
    await host.waitFor(NAME, async () => (await this.work()).waiting === 0);
  }

  public async stop(): Promise<void> {
    await this.cluster.host.stopServer(NAME);
  }

  /** How many objects wait for it, and how many it has seen to, each as often as it did. */
  public async work(): Promise<{ waiting: number; done: number }> {
    const { body } = await this.metricsClient.request<string>('GET', '/metrics');
    const sum = (metric: RegExp) => [...body.matchAll(metric)].reduce((total, [, value]) => total + Number(value), 0);
    if (!body.includes('workqueue_depth{')) throw new Error('its queues are not there yet');
    return {
      waiting: sum(/^workqueue_depth\{.*\} (\S+)$/gm),
      done: sum(/^controller_runtime_reconcile_total\{.*result="(?:success|requeue|requeue_after)"\} (\S+)$/gm),
    };
  }

  /** Everything that it wrote until now. */
  public log(): string {
    const file = path.join(this.cluster.host.folder, `${NAME}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** What it wrote about errors, after so many lines about them. */
  public errors(after = 0): readonly LogLine[] {
    const log = this.log();
    const end = log.lastIndexOf('\n') + 1;
    const lines = log.slice(this.read, end).split('\n');
    this.read = end;
    this.errorLines.push(...lines.filter((line) => line.startsWith('{"level":"error"')).map((line) => JSON.parse(line) as LogLine));
    return this.errorLines.slice(after);
  }
}

/** As it is shipped, but for the URL: there is no Service on a bare API server. */
function webhookConfiguration(certificate: Buffer): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'modelmesh-servingruntime.serving.kserve.io' },
    webhooks: [
      {
        name: 'servingruntime.modelmesh-webhook-server.default',
        admissionReviewVersions: ['v1'],
        clientConfig: { url: `https://127.0.0.1:${WEBHOOK_PORT}${WEBHOOK_PATH}`, caBundle: certificate.toString('base64') },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        rules: [
          {
            apiGroups: ['serving.kserve.io'],
            apiVersions: ['v1alpha1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['clusterservingruntimes', 'servingruntimes'],
          },
        ],
      },
    ],
  };
}
