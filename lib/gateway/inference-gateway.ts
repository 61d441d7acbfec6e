import { Construct } from 'constructs';
import { Gateway, GatewaySpecServersPortProtocol } from '../../imports/networking.istio.io';
import type { ClusterFacts } from '../manifests/cluster-facts';
import type { ExistingObject } from '../manifests/manifest-set';
import type { ModelMesh } from '../mesh/model-mesh';
import type { ModelRouting } from '../routing/model-routing';
import { routedMesh } from '../routing/routed-mesh';
import { annotationProblems, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { MeshPlatform } from '../values/mesh-platform';
import { portProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { gatewayListener, gatewayListenerProblems, type GatewayWorkload } from './gateway-workload';
import { addInferenceOnly } from './inference-only';
import { JsonTranscoding, nameForPort } from './json-transcoding';

/** Properties of {@link InferenceGateway}. */
export interface InferenceGatewayProps {
  /** The mesh behind the gateway. */
  readonly mesh: ModelMesh;
  /** How the gateway picks the pod for a request. */
  readonly routing: ModelRouting;
  /** The service mesh that the gateway belongs to. @default MeshPlatform.asm() */
  readonly platform?: MeshPlatform;
  /** Port on which the gateway's pods listen. @default 8008 */
  readonly port?: number;
  /** Hosts for which the gateway takes requests: names, `*.` and a domain, or `*`. @default ['*'] */
  readonly hosts?: string[];
  /** Name of the Gateway. @default 'grpc-gateway' */
  readonly gatewayName?: string;
  /**
   * A Gateway that exists already, as `NAME` or `NAMESPACE/NAME`; then none is made here.
   *
   * @default - a Gateway named `gatewayName` is made
   */
  readonly existingGateway?: string;
  /** The pods of the gateway. @default - those of the ingress gateway in istio-system */
  readonly workload?: GatewayWorkload;
  /** Whether, and by what, JSON requests become gRPC. @default - JsonTranscoding.asm() on ASM, otherwise JsonTranscoding.none() */
  readonly transcoding?: JsonTranscoding;
  /**
   * Whether only the inference API passes the gateway's port: `/v2/models/NAME`, `/v2/models/NAME/infer` and the gRPC methods ModelInfer and
   * ModelMetadata. Without it everyone who reaches the gateway can remove models through ModelMesh's management API, and take a model down
   * for a minute with one request to `/v2/models/NAME/versions/1/infer`.
   *
   * @default true
   */
  readonly inferenceOnly?: boolean;
  /** Name of the object that refuses all other paths. @default 'modelmesh-inference-only', with `-PORT` on ports other than 8008 */
  readonly inferenceOnlyName?: string;
  /** Name of the VirtualService. @default - `vs-SERVICE-service`, with the name of the mesh's Service */
  readonly virtualServiceName?: string;
  /** Labels of every object made here. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of every object made here. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * The one door of a mesh: a Gateway, JSON transcoding, a guard that lets only the inference API pass, and the routes to the mesh.
 */
export class InferenceGateway extends Construct {
  /** Port on which the gateway listens. */
  public readonly port: number;
  /** The Gateway, as a VirtualService names it. */
  public readonly gateway: string;
  private readonly facts: ClusterFacts;

  public constructor(scope: Construct, id: string, props: InferenceGatewayProps) {
    super(scope, id);
    const { mesh, routing } = props;
    const platform = props.platform ?? MeshPlatform.asm();
    const transcoding = props.transcoding ?? (platform.hasAsmExtensions ? JsonTranscoding.asm() : JsonTranscoding.none());
    this.facts = { platform, existing: existingGatewayOf(props) };
    const hosts = [...(props.hosts ?? ['*'])];
    this.port = props.port ?? 8008;
    this.gateway = props.existingGateway ?? props.gatewayName ?? 'grpc-gateway';
    const listener = gatewayListener(props.workload, this.port);
    const marks = { labels: props.labels && { ...props.labels }, annotations: props.annotations && { ...props.annotations } };
    const virtualServiceName = props.virtualServiceName ?? `vs-${mesh.serviceName}-service`;
    const inferenceOnlyName = props.inferenceOnlyName ?? nameForPort('modelmesh-inference-only', this.port);

    // Found now, like the objects below: what the caller does with its own values afterwards changes neither.
    const problems = [
      ...collectProblems(
        portProblem('gateway port', this.port),
        gatewayReferenceProblem(props),
        dnsSubdomainProblem('name of the VirtualService', virtualServiceName),
        dnsSubdomainProblem('name of the inference-only guard', inferenceOnlyName),
        hosts.length === 0 ? "hosts are empty: name at least one, or leave them out for '*'" : undefined,
        ...hosts.map(hostProblem),
      ),
      ...gatewayListenerProblems(listener),
      ...transcoding._problems(platform),
      ...routing._strategy.problems(platform),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({ validate: () => problems });

    if (props.existingGateway === undefined) {
      new Gateway(this, 'Gateway', {
        metadata: { name: this.gateway, namespace: mesh.namespace, ...marks },
        spec: {
          selector: listener.workloadLabels,
          servers: [{ port: { number: this.port, name: 'grpc', protocol: GatewaySpecServersPortProtocol.GRPC }, hosts }],
        },
      });
    }
    transcoding._addTo(this, listener, marks);
    if (props.inferenceOnly ?? true) addInferenceOnly(this, platform, listener, inferenceOnlyName, marks);
    routing._strategy.addRoutes(this, {
      namespace: mesh.namespace,
      serviceName: mesh.serviceName,
      servicePort: mesh.grpcPort,
      gateway: this.gateway,
      gatewayPort: this.port,
      hosts,
      virtualServiceName,
      platform,
      modelHeader: 'model',
      route: {},
      ...routedMesh(mesh),
      ...marks,
    });
  }

  /** @internal */
  public _clusterFacts(): ClusterFacts {
    return this.facts;
  }
}

function existingGatewayOf({ existingGateway, mesh }: InferenceGatewayProps): ExistingObject[] {
  if (existingGateway === undefined) return [];
  const [namespace, name] = existingGateway.includes('/') ? existingGateway.split('/', 2) : [mesh.namespace, existingGateway];
  return [{ kind: 'Gateway', namespace: namespace!, name: name! }];
}

function gatewayReferenceProblem(props: InferenceGatewayProps): string | undefined {
  const { existingGateway, gatewayName } = props;
  const name = existingGateway ?? gatewayName;
  if (name === 'mesh') return "gateway name 'mesh' means the sidecars of all pods to Istio: use another";
  if (existingGateway === undefined) return gatewayName === undefined ? undefined : dnsSubdomainProblem('gateway name', gatewayName);
  if (gatewayName !== undefined) {
    return `gatewayName ${quote(gatewayName)} and existingGateway ${quote(existingGateway)} exclude each other: leave out one of them`;
  }
  const parts = existingGateway.split('/');
  const isReference = parts.length <= 2 && parts.every((part) => dnsSubdomainProblem('', part) === undefined);
  return isReference ? undefined : `existing gateway ${quote(existingGateway)} is not valid: write it as 'NAME' or 'NAMESPACE/NAME'`;
}

function hostProblem(host: string): string | undefined {
  const domain = host === '*' ? 'any' : host.startsWith('*.') ? host.slice(2) : host;
  return dnsSubdomainProblem('', domain) === undefined
    ? undefined
    : `host ${quote(host)} is not valid: use a lower-case domain name, '*.' and a domain name, or '*'`;
}
