import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterFacts } from '../manifests/cluster-facts';
import type { ExistingObject } from '../manifests/manifest-set';
import type { ModelMesh } from '../mesh/model-mesh';
import type { ModelRouting } from '../routing/model-routing';
import { routedMesh } from '../routing/routed-mesh';
import { annotationProblems, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { MeshPlatform } from '../values/mesh-platform';
import { portProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { addBufferLimit, bufferLimitProblems, USUAL_BUFFER_LIMIT } from './buffer-limit';
import { nameForPort } from './envoy-filters';
import type { GatewayDoor } from './gateway-door';
import { addIstioGateway, addKubernetesGateway, listenerNameOf } from './gateway-object';
import type { GatewayTls } from './gateway-tls';
import { gatewayListener, gatewayListenerProblems, type GatewayWorkload } from './gateway-workload';
import { addInferenceOnly } from './inference-only';
import { JsonTranscoding } from './json-transcoding';
import { ModelNaming } from './model-naming';
import { requestLimitProblems, type RequestRetries, toRouteRetries, toSeconds, unknownModelProblems } from './request-limits';

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
  /** Encryption between the callers and the gateway. @default - none */
  readonly tls?: GatewayTls;
  /** Name of the Gateway. @default 'grpc-gateway' */
  readonly gatewayName?: string;
  /**
   * A Gateway that exists already, as `NAME` or `NAMESPACE/NAME`; then none is made here.
   *
   * @default - a Gateway named `gatewayName` is made
   */
  readonly existingGateway?: string;
  /** The pods of the gateway; on the Gateway API its class makes them. @default - those of the ingress gateway in istio-system */
  readonly workload?: GatewayWorkload;
  /**
   * Whether, and by what, JSON requests become gRPC.
   *
   * @default - JsonTranscoding.asm() on ASM, JsonTranscoding.istio() on Istio, JsonTranscoding.none() on the Gateway API
   */
  readonly transcoding?: JsonTranscoding;
  /** Header that names the model, by which the gateway routes. @default - the header of `routing` if that has one, or else 'model' */
  readonly modelHeader?: string;
  /**
   * Where the gateway takes the name of a request's model from, and what it does with a request that names two.
   *
   * @default - ModelNaming.checked() on Istio, elsewhere ModelNaming.asSent()
   */
  readonly modelNaming?: ModelNaming;
  /**
   * Whether only the inference API passes the gateway's port: `/v2/models/NAME`, `/v2/models/NAME/infer` and the gRPC methods ModelInfer and
   * ModelMetadata. Without it everyone who reaches the gateway can remove models through ModelMesh's management API, and take a model down
   * for a minute with one request to `/v2/models/NAME/versions/1/infer`. On the Gateway API the routes match nothing else.
   *
   * @default true
   */
  readonly inferenceOnly?: boolean;
  /** Name of the object that refuses all other paths; the Gateway API needs none. @default 'modelmesh-inference-only', with `-PORT` on ports other than 8008 */
  readonly inferenceOnlyName?: string;
  /**
   * Longest time for a request, with its retries. It covers the load of the model when no pod has it yet, and the load goes on after the caller
   * has left. On the Gateway API only HTTPRoutes have a field for it: `ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE })`.
   *
   * @default - no limit
   */
  readonly requestTimeout?: Duration;
  /**
   * Longest time for requests to some models, by their names: e.g. for one that takes minutes to load. A request is known by its header
   * `modelHeader`, which the gateway writes with `ModelNaming.checked()` and the caller sends without.
   *
   * @default - `requestTimeout` for all
   */
  readonly modelTimeouts?: { readonly [modelName: string]: Duration };
  /**
   * How often a failed request is sent again. The Gateway API has no field for it.
   *
   * @default - Istio's own: 2 more attempts, each at another pod, when a pod could not be reached, refused the request before it worked on it,
   * or answered UNAVAILABLE or CANCELLED
   */
  readonly retries?: RequestRetries;
  /**
   * Bytes of a request or a response that the gateway may hold on a connection of HTTP/1.1: where it transcodes, the largest JSON body; above it a
   * request is refused with status 413. Envoy's own limit is 1 MiB. Of HTTP/2, and so of gRPC, Envoy holds what its window for a stream takes, 16 MiB
   * in Envoy 1.40, whatever this says: the largest request where the body's name of the model is compared.
   *
   * @default 100000000
   */
  readonly bufferLimitBytes?: number;
  /** Name of the VirtualService; on the Gateway API the names of the routes begin with it. @default - `vs-SERVICE-service`, with the name of the mesh's Service */
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
  /** @internal */
  public readonly _door: GatewayDoor;
  private readonly facts: ClusterFacts;

  public constructor(scope: Construct, id: string, props: InferenceGatewayProps) {
    super(scope, id);
    const { mesh, routing, tls } = props;
    const platform = props.platform ?? MeshPlatform.asm();
    const transcoding = props.transcoding ?? usualTranscoding(platform);
    const naming = props.modelNaming ?? usualNaming(platform);
    this.facts = { platform, existing: existingGatewayOf(props) };
    const hosts = [...(props.hosts ?? ['*'])];
    this.port = props.port ?? 8008;
    this.gateway = props.existingGateway ?? props.gatewayName ?? 'grpc-gateway';
    const listener = gatewayListener(props.workload, this.port);
    const marks = { labels: props.labels && { ...props.labels }, annotations: props.annotations && { ...props.annotations } };
    const virtualServiceName = props.virtualServiceName ?? `vs-${mesh.serviceName}-service`;
    const inferenceOnlyName = props.inferenceOnlyName ?? nameForPort('modelmesh-inference-only', this.port);
    const modelHeader = routing._strategy.modelHeader ?? props.modelHeader ?? 'model';
    const modelTimeouts = { ...props.modelTimeouts };
    this._door = { mesh, platform, port: this.port, takesJson: transcoding._isOn, modelHeader, hosts, tls, workload: props.workload };

    const holdsRequests = transcoding._isOn || naming._readsBody(platform);

    // Found now, like the objects below: what the caller does with its own values afterwards changes neither.
    const problems = [
      ...collectProblems(
        portProblem('gateway port', this.port),
        gatewayReferenceProblem(props),
        dnsSubdomainProblem('name of the VirtualService', virtualServiceName),
        dnsSubdomainProblem('name of the inference-only guard', inferenceOnlyName),
        hosts.length === 0 ? "hosts are empty: name at least one, or leave them out for '*'" : undefined,
        ...hosts.map(hostProblem),
        ...platformProblems(props, platform),
        inferenceOnlyNameProblem(props, platform),
        headerProblem(props),
      ),
      ...gatewayListenerProblems(listener),
      ...(tls?._problems(platform) ?? []),
      ...bufferProblems(props, transcoding, holdsRequests),
      ...transcoding._problems(platform),
      // What the routing says itself it checks itself.
      ...naming._problems(platform, transcoding, props.modelHeader ?? 'model'),
      ...requestLimitProblems(props, platform),
      ...routing._strategy.problems(platform),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({ validate: () => [...problems, ...unknownModelProblems(modelTimeouts, modelNamesOf(mesh))] });

    const object = { name: this.gateway, namespace: mesh.namespace, port: this.port, tls, marks };
    const { gatewayClassName } = platform;
    if (props.existingGateway === undefined) {
      if (gatewayClassName === undefined) addIstioGateway(this, object, listener.workloadLabels, hosts);
      else addKubernetesGateway(this, object, gatewayClassName);
    }
    transcoding._addTo(this, listener, marks);
    if (holdsRequests) {
      const bytes = transcoding._bufferLimitBytes ?? props.bufferLimitBytes ?? USUAL_BUFFER_LIMIT;
      addBufferLimit(this, listener, { name: transcoding._bufferLimitName(this.port), bytes }, marks);
    }
    if ((props.inferenceOnly ?? true) && platform.hasIstioApi) addInferenceOnly(this, platform, listener, inferenceOnlyName, marks);
    naming._addTo(this, platform, listener, modelHeader, marks);
    const { models, runtimes } = routedMesh(mesh);
    const headersLeft = naming._headersLeft;
    routing._strategy.addRoutes(this, {
      platform,
      namespace: mesh.namespace,
      serviceName: mesh.serviceName,
      servicePort: mesh.grpcPort,
      gateway: this.gateway,
      gatewayPort: this.port,
      listenerName: platform.hasIstioApi || props.existingGateway !== undefined ? undefined : listenerNameOf(tls),
      hosts,
      virtualServiceName,
      modelHeader,
      route: {
        timeoutSeconds: toSeconds(props.requestTimeout),
        retries: toRouteRetries(props.retries),
        requestHeaders: headersLeft.length === 0 ? undefined : { remove: headersLeft },
      },
      ...marks,
      models: () => models().map((model) => ({ ...model, timeoutSeconds: toSeconds(modelTimeouts[model.name]) })),
      runtimes,
    });
  }

  /** @internal */
  public _clusterFacts(): ClusterFacts {
    return this.facts;
  }
}

function usualTranscoding(platform: MeshPlatform): JsonTranscoding {
  if (platform.hasAsmExtensions) return JsonTranscoding.asm();
  return platform.hasIstioApi ? JsonTranscoding.istio() : JsonTranscoding.none();
}

function usualNaming(platform: MeshPlatform): ModelNaming {
  return platform.hasIstioApi && !platform.hasAsmExtensions ? ModelNaming.checked() : ModelNaming.asSent();
}

function modelNamesOf(mesh: ModelMesh): string[] {
  return mesh.models.map(({ modelName }) => modelName);
}

function existingGatewayOf({ existingGateway, mesh }: InferenceGatewayProps): ExistingObject[] {
  if (existingGateway === undefined) return [];
  const [namespace, name] = existingGateway.includes('/') ? existingGateway.split('/', 2) : [mesh.namespace, existingGateway];
  return [{ kind: 'Gateway', namespace: namespace!, name: name! }];
}

function platformProblems(props: InferenceGatewayProps, platform: MeshPlatform): (string | undefined)[] {
  const isGatewayApi = !platform.hasIstioApi;
  return [
    isGatewayApi && props.workload !== undefined
      ? `workload is of gateways whose pods run already, and on ${platform.name} the class makes them: leave it out`
      : undefined,
    isGatewayApi && props.inferenceOnly === false
      ? `inferenceOnly is false, and on ${platform.name} the routes match nothing but the inference API: leave it out`
      : undefined,
    props.tls !== undefined && props.existingGateway !== undefined
      ? `tls is of the Gateway that is made here, and ${quote(props.existingGateway)} exists already: leave it out, and set it there`
      : undefined,
  ];
}

function inferenceOnlyNameProblem({ inferenceOnly, inferenceOnlyName }: InferenceGatewayProps, platform: MeshPlatform): string | undefined {
  if (inferenceOnlyName === undefined) return undefined;
  if (!platform.hasIstioApi) {
    return `inferenceOnlyName is ${quote(inferenceOnlyName)}, and on ${platform.name} there is no such object, because the routes match nothing but the inference API: leave it out`;
  }
  return inferenceOnly === false
    ? `inferenceOnlyName is ${quote(inferenceOnlyName)}, and there is no such object, because inferenceOnly is false: leave out one of them`
    : undefined;
}

function headerProblem({ modelHeader, routing }: InferenceGatewayProps): string | undefined {
  const other = routing._strategy.modelHeader;
  return modelHeader !== undefined && other !== undefined && modelHeader !== other
    ? `modelHeader is ${quote(modelHeader)} for the gateway, and header is ${quote(other)} for its routing: leave out one of them`
    : undefined;
}

function bufferProblems({ bufferLimitBytes }: InferenceGatewayProps, transcoding: JsonTranscoding, isUsed: boolean): string[] {
  const other = transcoding._bufferLimitBytes;
  return [
    ...bufferLimitProblems(undefined, bufferLimitBytes),
    ...collectProblems(
      bufferLimitBytes !== undefined && !isUsed
        ? `bufferLimitBytes is ${quote(bufferLimitBytes)}, and the gateway holds no requests, because it neither transcodes nor compares bodies: leave it out`
        : undefined,
      bufferLimitBytes !== undefined && other !== undefined && bufferLimitBytes !== other
        ? `bufferLimitBytes is ${quote(bufferLimitBytes)} for the gateway and ${quote(other)} for its transcoding: leave out one of them`
        : undefined,
    ),
  ];
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
