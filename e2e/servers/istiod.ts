import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import { runToItsEnd } from './finished-command';
import type { TestCluster } from './test-cluster';

export const ISTIO_NAMESPACE = 'istio-system';

const NAME = 'istiod';

/** Istio's control plane: it reads the API server, and judges what is written there as it does in a cluster. */
export class Istiod {
  public static async start(cluster: TestCluster, program: string): Promise<Istiod> {
    const { host, kubeconfig, certificate, resources } = cluster;
    const ports = {
      grpc: await host.findPort(),
      http: await host.findPort(),
      https: await host.findPort(),
      monitoring: await host.findPort(),
    };
    const meshConfig = path.join(host.folder, 'mesh.yaml');
    // Pods here have no sidecars. JSON is YAML.
    const settings = { enableAutoMtls: false, accessLogFile: '', defaultConfig: { discoveryAddress: `127.0.0.1:${ports.grpc}` } };
    writeFileSync(meshConfig, JSON.stringify(settings));
    // It watches both files and refuses to watch one twice.
    const authority = path.join(host.folder, 'istiod-authority.crt');
    copyFileSync(certificate.file, authority);
    await cluster.addNamespaces(ISTIO_NAMESPACE);
    await host.run({
      name: NAME,
      command: program,
      args: [
        'discovery',
        `--kubeconfig=${kubeconfig}`,
        `--meshConfig=${meshConfig}`,
        `--grpcAddr=127.0.0.1:${ports.grpc}`,
        `--httpAddr=127.0.0.1:${ports.http}`,
        `--httpsAddr=127.0.0.1:${ports.https}`,
        `--monitoringAddr=127.0.0.1:${ports.monitoring}`,
        '--secureGRPCAddr=',
        '--ctrlz_port=0',
        `--tlsCertFile=${certificate.file}`,
        `--tlsKeyFile=${certificate.keyFile}`,
        `--caCertFile=${authority}`,
        '--clusterID=Kubernetes',
      ],
      env: {
        POD_NAMESPACE: ISTIO_NAMESPACE,
        POD_NAME: 'istiod-0',
        ENABLE_CA_SERVER: 'false',
        // Proxies show the token of their service account, without which they get no key. The way to istiod is this host's loopback interface.
        XDS_AUTH_PLAINTEXT: 'true',
        // These two need filters that Istio adds to its own build of Envoy.
        PILOT_ENABLE_METADATA_EXCHANGE: 'false',
        PILOT_ENABLE_ALPN_FILTER: 'false',
        // No node could run the pods of gateways: the suite plays them.
        PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false',
        VALIDATION_WEBHOOK_CONFIG_NAME: '',
        INJECTION_WEBHOOK_CONFIG_NAME: '',
      },
    });
    const client = new ApiClient({ socketPath: await host.openSocketTo(ports.http) });
    await host.waitFor(NAME, async () => (await client.request('GET', '/ready')).status === 200);
    await resources.ensure(webhook(ports.https, readFileSync(certificate.file)));
    return new Istiod(cluster, program, ports.grpc, client);
  }

  private constructor(
    private readonly cluster: TestCluster,
    private readonly program: string,
    /** Port on which it hands out configurations. */
    public readonly discoveryPort: number,
    private readonly client: ApiClient,
  ) {}

  /** What istioctl says of the whole cluster, one message each. */
  public async analyze(): Promise<AnalysisMessage[]> {
    const args = ['istioctl', 'analyze', `--kubeconfig=${this.cluster.kubeconfig}`, '--all-namespaces', '--output=json'];
    const { stdout, stderr } = await runToItsEnd(this.cluster.host, { name: 'istioctl', command: this.program, args });
    // Without findings it writes words instead of a list, and with errors among them it ends with an exit code of its own.
    if (/No validation issues found/.test(stdout + stderr)) return [];
    if (!stdout.trimStart().startsWith('[')) throw new Error(`istioctl analyze: ${stderr || stdout}`);
    return JSON.parse(stdout) as AnalysisMessage[];
  }

  public close(): void {
    this.client.close();
  }
}

/** One finding of istioctl. */
export interface AnalysisMessage {
  code: string;
  level: string;
  message: string;
  origin?: string;
}

/** As Istio's chart has it, but for the URL: there is no Service of istiod here. */
function webhook(port: number, certificate: Buffer): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'istio-validator' },
    webhooks: [
      {
        name: 'validation.istio.io',
        admissionReviewVersions: ['v1'],
        clientConfig: { url: `https://127.0.0.1:${port}/validate`, caBundle: certificate.toString('base64') },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        rules: [
          {
            apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['*'],
          },
        ],
      },
    ],
  };
}
