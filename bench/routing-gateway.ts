import type { Manifest } from '../e2e/kubernetes/manifests';
import type { KubernetesObject } from '../e2e/kubernetes/object';
import { type GatewayPodOptions, startGatewayPod } from '../e2e/routing/gateway-pod';
import { InferenceClient } from '../e2e/routing/inference-client';
import { MeshPods } from '../e2e/routing/mesh-pods';
import { eventually } from '../e2e/routing/poll';
import type { RoutingPrograms } from '../e2e/routing/programs';
import type { Envoy } from '../e2e/servers/envoy';
import { ISTIO_NAMESPACE, Istiod } from '../e2e/servers/istiod';
import { TestCluster } from '../e2e/servers/test-cluster';
import { modelLabelKey, MODEL_LOADED } from '../lib/values/model-label';
import { NAMESPACE, RUNTIMES, runtimeOf, SERVICE_NAME } from './routing-mesh';

export const GATEWAY_PORT = 8008;

const PODS = {
  'mlserver-a': { runtime: RUNTIMES[0], address: '10.99.0.11' },
  'mlserver-b': { runtime: RUNTIMES[0], address: '10.99.0.12' },
  'triton-a': { runtime: RUNTIMES[1], address: '10.99.0.13' },
  'triton-b': { runtime: RUNTIMES[1], address: '10.99.0.14' },
};

type Pod = Pick<GatewayPodOptions, 'name' | 'namespace' | 'address' | 'labels' | 'serviceName'>;

/** The pods that gateways run in: that of Istio's ingress gateway, and the one that a Gateway of class `istio` gets. */
const GATEWAY_PODS: Record<'istio' | 'gateway-api', Pod> = {
  istio: {
    name: 'istio-ingressgateway',
    namespace: ISTIO_NAMESPACE,
    address: '10.99.0.1',
    labels: { istio: 'ingressgateway' },
    serviceName: 'istio-ingressgateway',
  },
  'gateway-api': {
    name: 'grpc-gateway-istio',
    namespace: NAMESPACE,
    address: '10.99.0.2',
    labels: { 'gateway.networking.k8s.io/gateway-name': 'grpc-gateway' },
    serviceName: 'grpc-gateway-istio',
  },
};

export type GatewayKind = keyof typeof GATEWAY_PODS;

/** What a gateway holds of its configuration. */
export interface Holding {
  /** Clusters that lead to the mesh. */
  clusters: number;
  allocatedBytes: number;
  /** Of `/config_dump` with endpoints, in JSON. */
  configurationBytes: number;
}

/** A mesh of some models on four pods, whose gateway is started anew for each measurement: memory that was freed stays with a process. */
export class MeasuredMesh {
  public static async start(programs: RoutingPrograms, names: readonly string[]): Promise<MeasuredMesh> {
    const addresses = [...Object.values(GATEWAY_PODS), ...Object.values(PODS)].map(({ address }) => address);
    const cluster = await TestCluster.start({ flavour: 'Istio', addresses });
    try {
      const istiod = await Istiod.start(cluster, programs.istiod);
      await cluster.addNamespaces(NAMESPACE);
      const pods = await MeshPods.start(cluster, {
        namespace: NAMESPACE,
        serviceName: SERVICE_NAME,
        pods: PODS,
        models: Object.fromEntries(names.map((name) => [name, { runtime: runtimeOf(names, name) }])),
        loadMillis: 1,
      });
      names.forEach((name, index) => {
        const able = pods.of(runtimeOf(names, name));
        pods.registry.place(name, [able[index % able.length]!]);
      });
      await pods.label((held) => Object.fromEntries(held.map((model) => [modelLabelKey(model), MODEL_LOADED])));
      return new MeasuredMesh(cluster, istiod, pods, programs, names);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  private deployed: KubernetesObject[] = [];

  private constructor(
    public readonly cluster: TestCluster,
    private readonly istiod: Istiod,
    public readonly pods: MeshPods,
    private readonly programs: RoutingPrograms,
    private readonly names: readonly string[],
  ) {}

  /** These manifests, and no others, stand on the API server. */
  public async apply(manifests: readonly Manifest[]): Promise<void> {
    const { resources } = this.cluster;
    const keyOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace} ${metadata.name}`;
    const keys = new Set(manifests.map(({ object }) => keyOf(object)));
    for (const object of this.deployed.filter((old) => !keys.has(keyOf(old)))) await resources.remove(object);
    for (const { object, text } of manifests) {
      const { status, body } = await resources.applyText(object, text);
      if (status >= 400) throw new Error(`${keyOf(object)}: ${JSON.stringify(body)}`);
    }
    await this.pods.publish();
    this.deployed = manifests.map(({ object }) => object);
  }

  /** Starts a gateway, lets it take in what istiod has for it, and sees that it serves the first and the last model. */
  public async withGateway<T>(kind: GatewayKind, measure: (envoy: Envoy) => Promise<T>): Promise<T> {
    const { cluster, istiod, programs } = this;
    const pod = GATEWAY_PODS[kind];
    const { discoveryPort } = istiod;
    const envoy = await startGatewayPod(cluster, { ...pod, port: GATEWAY_PORT, program: programs.envoy, discoveryPort });
    try {
      await this.served();
      return await measure(envoy);
    } finally {
      envoy.close();
      await cluster.host.stopServer(pod.name);
    }
  }

  /** Waits until the gateway's port serves the first and the last model. */
  public async served(): Promise<void> {
    await eventually(async () => {
      const client = new InferenceClient(await this.socket());
      try {
        for (const name of [this.names[0]!, this.names.at(-1)!]) {
          const { ran, status, message } = await client.infer(name);
          if (ran !== name) throw new Error(`${name}: status ${status}, ${message ?? 'no message'}`);
        }
      } finally {
        client.close();
      }
    }, 60_000);
  }

  public async stop(): Promise<void> {
    this.istiod.close();
    await this.cluster.stop();
  }

  private toGateway?: Promise<string>;

  private socket(): Promise<string> {
    this.toGateway ??= this.cluster.host.openSocketTo(GATEWAY_PORT);
    return this.toGateway;
  }
}

/** What a gateway holds once nothing of it changes any more. */
export async function settledHolding(envoy: Envoy, isOfMesh: (cluster: string) => boolean): Promise<Holding> {
  const look = async (): Promise<Holding> => ({
    clusters: (await envoy.clusterNames()).filter(isOfMesh).length,
    configurationBytes: Buffer.byteLength(await envoy.configuration()),
    allocatedBytes: await envoy.allocatedBytes(),
  });
  let [last, steady] = [await look(), 0];
  for (const deadline = Date.now() + 120_000; steady < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await look();
    const isSteady = now.clusters === last.clusters && Math.abs(now.configurationBytes - last.configurationBytes) < 1000;
    steady = isSteady && Math.abs(now.allocatedBytes / last.allocatedBytes - 1) < 0.01 ? steady + 1 : 0;
    last = now;
    if (Date.now() > deadline) throw new Error(`the gateway does not come to rest: ${JSON.stringify(last)}`);
  }
  return last;
}
