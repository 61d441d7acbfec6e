import { quote } from '../values/problems';

/** Whether a serving runtime can serve a model. */
export enum RuntimeVerdict {
  /** ModelMesh may load the model into its pods. */
  SERVES = 'serves',
  /** ModelMesh never loads the model into its pods. */
  CANNOT_SERVE = 'cannot serve',
  /** It is installed by others, and nothing but its name is known here. */
  NOT_KNOWN = 'not known',
}

/** What one serving runtime means to a model. */
export interface RuntimeExplanation {
  /** Name of the runtime. */
  readonly runtimeName: string;
  readonly verdict: RuntimeVerdict;
  /** Why, in a few words, e.g. `it lists the format in version '1' only`. */
  readonly reason: string;
  /** Name of the Deployment that ModelMesh makes of it in the namespace of the mesh. */
  readonly deploymentName: string;
}

/** Where the bytes of a model come from. */
export interface StorageExplanation {
  /** Type of the store: `s3`, `gcs`, `azure`, `http` or `pvc`. @default - it is that of the storage entry, which is not known here */
  readonly type?: string;
  /** Path of the model in its store. */
  readonly path: string;
  /** The bucket, the claim, the container with its account, or the URL. @default - it is in the storage entry */
  readonly container?: string;
  /** Where the runtime pods mount the claim, e.g. `/pvc_mounts/my-models-pvc`. @default - the model is on no claim */
  readonly mountPath?: string;
  /** The entries of the storage Secret that are asked, the first one that is there. @default - none is needed */
  readonly storageKey?: string;
}

/** Everything that {@link ModelExplanation} holds. */
export interface ModelExplanationProps {
  /** Name of the model. */
  readonly modelName: string;
  /** Namespace of the mesh. */
  readonly namespace: string;
  /** What the model asks of runtimes, e.g. `format 'onnx' version '1'`. */
  readonly request: string;
  /** All runtimes of the mesh, those first that serve the model. */
  readonly runtimes: RuntimeExplanation[];
  /** Where its bytes come from. */
  readonly storage: StorageExplanation;
  /** Host and port for gRPC requests, within the cluster. */
  readonly grpcHost: string;
  /** Host and port for REST requests, within the cluster. @default - the REST proxy is switched off */
  readonly restHost?: string;
  /** What keeps the model from being served, one sentence each. */
  readonly missing: string[];
}

/**
 * What becomes of a model on a cluster: who serves it, where its bytes come from and what requests call it. `ModelMesh.explain()` makes it, from
 * the declarations alone.
 *
 * ModelMesh takes the bytes at a path for the same for ever: to give a model new bytes, give it a new path.
 */
export class ModelExplanation {
  /** Name of the model: what requests call it, and the name of its InferenceService. */
  public readonly modelName: string;
  /** Namespace of the mesh. */
  public readonly namespace: string;
  /** What the model asks of runtimes, e.g. `format 'onnx' version '1'`. */
  public readonly request: string;
  /** All runtimes of the mesh, those first that serve the model. */
  public readonly runtimes: RuntimeExplanation[];
  /** Where its bytes come from. */
  public readonly storage: StorageExplanation;
  /** Host and port for gRPC requests, within the cluster. */
  public readonly grpcHost: string;
  /** Host and port for REST requests, within the cluster; undefined when the REST proxy is switched off. */
  public readonly restHost?: string;
  /** What keeps the model from being served, one sentence each; empty when nothing does that shows in the declarations. */
  public readonly missing: string[];

  public constructor(props: ModelExplanationProps) {
    this.modelName = props.modelName;
    this.namespace = props.namespace;
    this.request = props.request;
    this.runtimes = props.runtimes;
    this.storage = props.storage;
    this.grpcHost = props.grpcHost;
    this.restHost = props.restHost;
    this.missing = props.missing;
  }

  /** Names of the runtimes that serve the model; any of them may get it, and several at once. */
  public get servedBy(): string[] {
    return this.runtimes.filter(({ verdict }) => verdict === RuntimeVerdict.SERVES).map(({ runtimeName }) => runtimeName);
  }

  /**
   * What the loaded revision is called in responses and in the logs of the pods. The digits are a hash of the InferenceService's spec, which
   * ModelMesh computes on the cluster: a change of the spec makes another one.
   */
  public get revisionName(): string {
    return `${this.modelName}__isvc-<10 hex digits>`;
  }

  /** All of it as text, for people. */
  public toString(): string {
    return [
      `model ${quote(this.modelName)} of the mesh in namespace ${quote(this.namespace)}`,
      `  asks for: ${this.request}`,
      '  runtimes:',
      ...(this.runtimes.length === 0 ? ['    none'] : this.runtimes.map(runtimeLine)),
      `  bytes: ${storageText(this.storage)}`,
      `  in requests: ${this.modelName} (loaded as ${this.revisionName})`,
      `  gRPC: ${this.grpcHost}`,
      `  REST: ${this.restHost ?? 'switched off'}`,
      ...(this.missing.length === 0 ? ['  missing: nothing'] : ['  missing:', ...this.missing.map((problem) => `    ${problem}`)]),
    ].join('\n');
  }
}

function runtimeLine({ runtimeName, verdict, reason, deploymentName }: RuntimeExplanation): string {
  const pods = verdict === RuntimeVerdict.SERVES ? `, Deployment ${deploymentName}` : '';
  return `    ${runtimeName}: ${verdict}${pods} (${reason})`;
}

function storageText({ type, path, container, mountPath, storageKey }: StorageExplanation): string {
  return [
    `${path === '' ? 'no path' : quote(path)} ${type === undefined ? 'in a store' : `on ${type}`}${container === undefined ? '' : ` ${quote(container)}`}`,
    ...(mountPath === undefined ? [] : [`mounted at ${mountPath}`]),
    ...(storageKey === undefined ? [] : [`storage entry ${quote(storageKey)}`]),
  ].join(', ');
}
