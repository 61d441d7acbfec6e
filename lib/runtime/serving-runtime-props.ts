import type { Duration, Size } from 'cdk8s';
import type { ModelFormat } from '../values/model-format';
import type { ProtocolVersion } from '../values/protocol-version';
import type { RuntimeEndpoint } from '../values/runtime-endpoint';
import type { EnvVariable } from './env-variable';
import type { RuntimeAdapter } from './runtime-adapter';
import type { RuntimeContainer, RuntimeResources, RuntimeToleration, RuntimeVolume } from './runtime-container';

/** A model format that a serving runtime supports. */
export interface SupportedFormat {
  /** The format. */
  readonly format: ModelFormat;
  /**
   * Whether models of the format are served without naming the runtime. When several runtimes of a mesh select a format, ModelMesh places
   * its models on any of them.
   *
   * @default true
   */
  readonly autoSelect?: boolean;
}

/** What the pods of a runtime are scaled by. */
export enum AutoscalingMetric {
  /** CPU utilization in percent of the request. */
  CPU = 'cpu',
  /** Memory utilization in percent of the request. */
  MEMORY = 'memory',
}

/** Autoscaling of a runtime's pods. Copies of models are ModelMesh's own affair and follow the traffic. */
export interface RuntimeAutoscaling {
  /** Fewest pods, at least 1. @default 1 */
  readonly minReplicas?: number;
  /** Most pods, at least `minReplicas`. */
  readonly maxReplicas: number;
  /** What is measured. @default AutoscalingMetric.CPU */
  readonly metric?: AutoscalingMetric;
  /** Target utilization, 1 to 100 percent. @default 80 */
  readonly targetUtilizationPercent?: number;
}

/** What every serving runtime can be told, built-in or custom. */
export interface ServingRuntimeOptions {
  /**
   * Pods of the runtime. Excludes `autoscaling`.
   *
   * @default - `podsPerRuntime` of ModelMesh's configuration, 2 as shipped
   */
  readonly replicas?: number;
  /** Autoscaling of the pods. Excludes `replicas`. @default - none */
  readonly autoscaling?: RuntimeAutoscaling;
  /** Whether the runtime is switched off; a disabled one also hides a cluster-wide runtime of its name. @default false */
  readonly disabled?: boolean;
  /** Whether a ClusterServingRuntime is made, which every mesh of the cluster gets pods of. @default false */
  readonly clusterScoped?: boolean;
  /** Models that a pod loads at once; for built-in adapters only. @default - the adapter's own, 1 */
  readonly maxLoadingConcurrency?: number;
  /** Requests that a model serves at once; for built-in adapters only. @default - unlimited */
  readonly perModelConcurrencyLimit?: number;
  /** Node labels that the pods need. @default - none */
  readonly nodeSelector?: { readonly [key: string]: string };
  /** Tolerations of the pods. @default - none */
  readonly tolerations?: RuntimeToleration[];
  /** Names of Secrets for pulling images. @default - none */
  readonly imagePullSecrets?: string[];
  /** Labels of the runtime object. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the runtime object. Those that ModelMesh acts on have properties here and are refused. @default - none */
  readonly annotations?: { readonly [key: string]: string };
  /** Labels of the runtime's pods. Those that ModelMesh selects pods by are refused. @default - none */
  readonly podLabels?: { readonly [key: string]: string };
  /** Annotations of the runtime's pods, e.g. for a sidecar. @default - none */
  readonly podAnnotations?: { readonly [key: string]: string };
}

/** Properties of a custom {@link ServingRuntime}. */
export interface ServingRuntimeProps extends ServingRuntimeOptions {
  /**
   * Name of the runtime. Together with the name of the mesh's Service and a `-` it must not exceed 63 characters. A namespaced runtime fully
   * replaces a cluster-wide one of its name.
   */
  readonly runtimeName: string;
  /** The formats that the runtime supports, at least one. */
  readonly formats: SupportedFormat[];
  /** How ModelMesh tells the model server to load and unload models. */
  readonly adapter: RuntimeAdapter;
  /** Containers of the pods. With a built-in adapter one of them bears the server's name, e.g. `mlserver`. */
  readonly containers: RuntimeContainer[];
  /**
   * Where ModelMesh reaches the management API (`grpcEndpoint`): the adapter's own port, or that of the server. ModelMesh's controller
   * panics for the whole cluster when it is missing, so it has a default.
   *
   * @default RuntimeEndpoint.port(8085)
   */
  readonly managementEndpoint?: RuntimeEndpoint;
  /** Where the server takes inference requests (`grpcDataEndpoint`). @default - the management endpoint */
  readonly dataEndpoint?: RuntimeEndpoint;
  /** Protocols that the runtime lists. @default - none */
  readonly protocolVersions?: ProtocolVersion[];
  /** Further volumes of the pods. @default - none */
  readonly volumes?: RuntimeVolume[];
}

/** What a built-in serving runtime can be told. */
export interface BuiltInRuntimeOptions extends ServingRuntimeOptions {
  /** Name of the runtime. @default - the built-in's own, which replaces the cluster's in the mesh's namespace */
  readonly runtimeName?: string;
  /** Image of the model server, pinned. @default - the version that ModelMesh 0.12 ships with */
  readonly image?: string;
  /** CPU and memory of the model server's container. @default - 500m to 5 CPUs, 1Gi of memory */
  readonly resources?: RuntimeResources;
  /** Formats in place of the built-in ones. @default - those of the built-in runtime */
  readonly formats?: SupportedFormat[];
  /** Variables of the model server's container; they replace those of the same name. @default - none */
  readonly env?: EnvVariable[];
  /** Variables of the adapter's container, e.g. `MODELSIZE_MULTIPLIER`. Those that ModelMesh sets itself are refused. @default - none */
  readonly adapterEnv?: EnvVariable[];
  /** Memory of the model server that is kept free of models. @default Size.mebibytes(128) */
  readonly memoryBuffer?: Size;
  /** Longest time that one load may take. @default Duration.seconds(90) */
  readonly modelLoadingTimeout?: Duration;
}
