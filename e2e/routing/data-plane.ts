import type { InferenceGatewayProps } from '../../lib/index';
import type { ApiStatus } from '../kubernetes/api-client';
import { type KubernetesObject, describeObject } from '../kubernetes/object';
import type { Envoy } from '../servers/envoy';
import { ISTIO_NAMESPACE, Istiod } from '../servers/istiod';
import { TestCluster } from '../servers/test-cluster';
import { type GatewayPodOptions, startGatewayPod } from './gateway-pod';
import { InferenceClient } from './inference-client';
import { MeshPods } from './mesh-pods';
import type { RoutingPrograms } from './programs';
import {
  type Extension,
  MESH_NAMESPACE,
  MLSERVER,
  MODEL_NAMES,
  MODELS,
  type ModelName,
  routedMesh,
  SERVICE_NAME,
  TRITON,
  UNDECLARED_MODEL,
} from './routed-mesh';

/** What istiod says of every EnvoyFilter, whatever is in it. */
const EVERY_ENVOY_FILTER =
  'EnvoyFilter exposes internal implementation details that may change at any time. Prefer other APIs if possible, and exercise extreme ' +
  'caution, especially around upgrades.';

const GATEWAY_ADDRESS = '10.99.0.1';

type GatewayPod = Pick<GatewayPodOptions, 'name' | 'namespace' | 'labels' | 'serviceName'>;

/** The pod of Istio's own ingress gateway. */
export const INGRESS_GATEWAY: GatewayPod = {
  name: 'istio-ingressgateway',
  namespace: ISTIO_NAMESPACE,
  labels: { istio: 'ingressgateway' },
  serviceName: 'istio-ingressgateway',
};

/** Two pods of each runtime, with the last part of the name that a Deployment would give. */
export const PODS = {
  'mlserver-b7m9q': { runtime: MLSERVER, address: '10.99.0.11' },
  'mlserver-x2k4p': { runtime: MLSERVER, address: '10.99.0.12' },
  'triton-c5w8z': { runtime: TRITON, address: '10.99.0.13' },
  'triton-h6t3r': { runtime: TRITON, address: '10.99.0.14' },
} as const;

export type PodName = keyof typeof PODS;

/** Which pods hold which models at first. One model is held by two pods, one by none. */
export const PLACEMENT: Record<ModelName, PodName[]> = {
  iris: ['mlserver-b7m9q'],
  wine: ['mlserver-x2k4p'],
  fraud: [],
  resnet: ['triton-c5w8z'],
  bert: ['triton-c5w8z', 'triton-h6t3r'],
  'tf-mnist': ['triton-h6t3r'],
};

export interface DataPlaneOptions {
  /** @default INGRESS_GATEWAY */
  gatewayPod?: GatewayPod;
  /** Port of the gateway. It listens on every address, so no pod can have the same. @default 8008 */
  port?: number;
  /** Whether the pods have a REST proxy, on port 8008. @default false */
  hasRestProxy?: boolean;
  /** How long a pod takes to load these models. @default - 150 ms */
  loadMillis?: Partial<Record<ModelName, number>>;
  /** A user whose requests the API server notes. @default - none */
  auditedUser?: string;
}

/** An API server, istiod, the proxy of the ingress gateway, and the pods of a mesh, in one network of their own. */
export class DataPlane {
  public static async start(programs: RoutingPrograms, options: DataPlaneOptions = {}): Promise<DataPlane> {
    const { gatewayPod = INGRESS_GATEWAY, port = 8008, hasRestProxy = false, loadMillis = {}, auditedUser } = options;
    const addresses = [GATEWAY_ADDRESS, ...Object.values(PODS).map(({ address }) => address)];
    const cluster = await TestCluster.start({ flavour: 'Istio', addresses, auditedUser });
    try {
      const istiod = await Istiod.start(cluster, programs.istiod);
      await cluster.addNamespaces(MESH_NAMESPACE, gatewayPod.namespace);
      const { discoveryPort } = istiod;
      const envoy = await startGatewayPod(cluster, {
        ...gatewayPod,
        address: GATEWAY_ADDRESS,
        port,
        program: programs.envoy,
        discoveryPort,
      });
      const declared = Object.fromEntries(
        MODEL_NAMES.map((name) => [name, { runtime: MODELS[name].runtime, loadMillis: loadMillis[name] }]),
      );
      const pods = await MeshPods.start(cluster, {
        namespace: MESH_NAMESPACE,
        serviceName: SERVICE_NAME,
        pods: PODS,
        models: { ...declared, [UNDECLARED_MODEL]: { runtime: TRITON } },
        loadMillis: 150,
        hasRestProxy,
      });
      const client = new InferenceClient(await cluster.host.openSocketTo(port));
      return new DataPlane(cluster, istiod, envoy, pods, client);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  private deployed: KubernetesObject[] = [];

  private constructor(
    public readonly cluster: TestCluster,
    public readonly istiod: Istiod,
    public readonly envoy: Envoy,
    public readonly pods: MeshPods,
    public readonly client: InferenceClient,
  ) {}

  /**
   * Makes a mesh behind this gateway, what the suite declares beside it, and nothing else, stand on the API server, as a GitOps tool would with
   * the app's manifests. Every refusal and every warning is an error, istiod's among them.
   */
  public async deploy(gateway: Omit<InferenceGatewayProps, 'mesh'>, extension?: Extension): Promise<void> {
    const { resources, host } = this.cluster;
    const manifests = routedMesh(host.folder, gateway, extension);
    const keys = new Set(manifests.map(({ object }) => keyOf(object)));
    const complaints: string[] = [];
    for (const { object, text } of manifests) {
      const { status, body, warnings } = await resources.applyText(object, text);
      const refusal = status >= 400 ? [(body as ApiStatus).message] : [];
      complaints.push(
        ...[...refusal, ...warnings.filter((text) => text !== EVERY_ENVOY_FILTER)].map(
          (complaint) => `${describeObject(object)}: ${complaint}`,
        ),
      );
    }
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    // Endpoints of new Services come before routes lead to them for good, and what nothing leads to any more goes last.
    await this.pods.publish();
    for (const object of this.deployed.filter((object) => !keys.has(keyOf(object)))) await resources.remove(object);
    this.deployed = manifests.map(({ object }) => object);
  }

  /** What stands on the API server by the app's manifests. */
  public get manifests(): readonly KubernetesObject[] {
    return this.deployed;
  }

  /** All pods alive and every model where it was at first. */
  public async reset(): Promise<void> {
    for (const pod of this.pods.names) if (!this.pods.isAlive(pod)) await this.pods.run(pod);
    await this.pods.publish();
    for (const pod of this.pods.names) this.pods.registry.setRefusal(pod, undefined);
    for (const [model, pods] of Object.entries(PLACEMENT)) this.pods.registry.place(model, pods);
  }

  public async stop(): Promise<void> {
    this.client.close();
    this.envoy.close();
    this.istiod.close();
    await this.cluster.stop();
  }
}

function keyOf({ apiVersion, kind, metadata: { namespace, name } }: KubernetesObject): string {
  return [apiVersion.split('/')[0], kind, namespace, name].join(' ');
}
