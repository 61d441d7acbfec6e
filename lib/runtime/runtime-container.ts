import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { EnvVariable } from './env-variable';

/** CPU and memory of a runtime's container. */
export interface RuntimeResources {
  /** CPU request. @default Cpu.millis(500) */
  readonly cpuRequest?: Cpu;
  /** CPU limit. @default Cpu.units(5) */
  readonly cpuLimit?: Cpu;
  /** Memory request. Of the model server's container it is what the capacity for models is computed from. @default Size.gibibytes(1) */
  readonly memoryRequest?: Size;
  /** Memory limit. The disk space for models in a pod is 1.5 times the sum of these. @default - the memory request */
  readonly memoryLimit?: Size;
  /**
   * Whole NVIDIA GPUs (`nvidia.com/gpu`). ModelMesh computes a pod's capacity from RAM, not from GPU memory.
   *
   * @default 0
   */
  readonly gpus?: number;
}

/** A port of a runtime's container. */
export interface RuntimePort {
  /** Number of the port; 8008, 8033, 8080, 8085, 8086, 8089, 8090, 2112 and 11881 to 11899 are ModelMesh's own. */
  readonly port: number;
  /** Name of the port; `grpc`, `http`, `prometheus` and `mm-*` are ModelMesh's own. @default - none */
  readonly name?: string;
}

/** A mount of one of the runtime's volumes. */
export interface RuntimeVolumeMount {
  /** Name of the volume. */
  readonly volumeName: string;
  /** Absolute path in the container; `/models` is ModelMesh's own. */
  readonly mountPath: string;
  /** Path inside the volume. @default - its root */
  readonly subPath?: string;
  /** Whether the container may only read. @default false */
  readonly readOnly?: boolean;
}

/** A liveness or startup probe. Readiness is ModelMesh's own affair, so there is no such probe. */
export interface RuntimeProbe {
  /** Command to run in the container; the probe succeeds with exit code 0. @default - `httpPath` and `port` are used */
  readonly command?: string[];
  /** Path of an HTTP GET. @default - none */
  readonly httpPath?: string;
  /** Port of the HTTP GET, or of a TCP connection when there is no path. @default - none */
  readonly port?: number;
  /** Seconds to wait before the first probe. @default - Kubernetes' own, 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds between two probes. @default - Kubernetes' own, 10 */
  readonly periodSeconds?: number;
  /** Seconds that a probe may take. @default - Kubernetes' own, 1 */
  readonly timeoutSeconds?: number;
  /** Failures in a row that make the probe fail. @default - Kubernetes' own, 3 */
  readonly failureThreshold?: number;
}

/** A container of a runtime's pods. */
export interface RuntimeContainer {
  /** Name of the container; `mm`, `rest-proxy`, `puller` and `mm-*` are ModelMesh's own. */
  readonly name: string;
  /** Image, pinned by a tag other than `latest` or by a digest. */
  readonly image: string;
  /** Entrypoint. @default - that of the image */
  readonly command?: string[];
  /** Arguments. @default - those of the image */
  readonly args?: string[];
  /** Environment variables. @default - none */
  readonly env?: EnvVariable[];
  /** CPU and memory. @default - 500m to 5 CPUs, 1Gi of memory */
  readonly resources?: RuntimeResources;
  /** Ports to declare. @default - none */
  readonly ports?: RuntimePort[];
  /** Mounts. ModelMesh adds `/models` and the claims. @default - none */
  readonly volumeMounts?: RuntimeVolumeMount[];
  /** Liveness probe. @default - none */
  readonly livenessProbe?: RuntimeProbe;
  /** Startup probe. @default - none */
  readonly startupProbe?: RuntimeProbe;
  /** User that the container runs as. @default - that of the image */
  readonly userId?: number;
  /** Whether Kubernetes refuses to start the container as root. @default - as the image says */
  readonly runAsNonRoot?: boolean;
  /** Whether the container's own file system is read-only. @default false */
  readonly readOnlyRootFilesystem?: boolean;
}

/** A volume of a runtime's pods, in addition to those of ModelMesh. Give one of the sources. */
export interface RuntimeVolume {
  /** Name of the volume. ModelMesh's own names and the names of the mesh's claims are refused. */
  readonly name: string;
  /** An empty folder of at most this size. @default - not an empty folder */
  readonly emptyDirSizeLimit?: Size;
  /** Whether the empty folder is in memory. @default false */
  readonly emptyDirInMemory?: boolean;
  /** Name of a ConfigMap. @default - no ConfigMap */
  readonly configMapName?: string;
  /** Name of a Secret. @default - no Secret */
  readonly secretName?: string;
  /** Name of a PersistentVolumeClaim. @default - no claim */
  readonly claimName?: string;
}

/** A toleration of a runtime's pods. */
export interface RuntimeToleration {
  /** Key of the taint. @default - every key, with operator Exists */
  readonly key?: string;
  /** `Equal` or `Exists`. @default 'Equal' */
  readonly operator?: string;
  /** Value of the taint. @default - none */
  readonly value?: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. @default - every effect */
  readonly effect?: string;
  /** Seconds for which a NoExecute taint is tolerated. @default - for ever */
  readonly tolerationSeconds?: number;
}
