import { Duration, Size } from 'cdk8s';
import { sizeToBytes } from '../values/memory-size';
import { portProblem } from '../values/number-range';
import { collectProblems, quote, throwProblems } from '../values/problems';
import type { EnvVariable } from './env-variable';

/** The model servers for which ModelMesh ships an adapter. The container of the server must have this name. */
export enum BuiltInServer {
  /** NVIDIA Triton. */
  TRITON = 'triton',
  /** Seldon MLServer. */
  MLSERVER = 'mlserver',
  /** OpenVINO Model Server. */
  OVMS = 'ovms',
  /** TorchServe. */
  TORCHSERVE = 'torchserve',
}

/** Properties of {@link RuntimeAdapter.builtIn}. */
export interface BuiltInAdapterProps {
  /** The model server. */
  readonly server: BuiltInServer;
  /** Port on which the server takes management calls (load and unload). */
  readonly managementPort: number;
  /**
   * Memory of the server's container that is kept free of models. A pod's capacity is its memory request less this buffer.
   *
   * @default Size.mebibytes(128)
   */
  readonly memoryBuffer?: Size;
  /** Longest time that one load may take, at least 100 ms. @default Duration.seconds(90) */
  readonly modelLoadingTimeout?: Duration;
  /** Variables for the adapter's container, e.g. `MODELSIZE_MULTIPLIER`. Those that ModelMesh sets itself are refused. @default - none */
  readonly env?: EnvVariable[];
}

/**
 * How ModelMesh tells a model server to load and unload models.
 *
 * Source: `controllers/modelmesh/runtime.go` and `puller.go` of kserve/modelmesh-serving.
 */
export class RuntimeAdapter {
  /**
   * An adapter that ModelMesh ships. It fetches models and translates ModelMesh's calls for the server.
   *
   * @throws Error when the port is no TCP port or the timeout is shorter than 100 ms
   */
  public static builtIn(props: BuiltInAdapterProps): RuntimeAdapter {
    const timeoutMillis = (props.modelLoadingTimeout ?? Duration.seconds(90)).toMilliseconds();
    throwProblems(
      `built-in adapter for '${props.server}'`,
      collectProblems(
        Object.values(BuiltInServer).includes(props.server)
          ? undefined
          : `server ${quote(props.server)} has no built-in adapter: use one of ${Object.values(BuiltInServer).join(', ')}, RuntimeAdapter.puller() or RuntimeAdapter.ownApi()`,
        portProblem('management port', props.managementPort ?? NaN),
        timeoutMillis < 100 || timeoutMillis > 2 ** 31 - 1
          ? `model loading timeout is ${timeoutMillis} ms: use at least 100 ms, ModelMesh does not start with less, and at most ${2 ** 31 - 1} ms`
          : undefined,
      ),
    );
    return new RuntimeAdapter(props.server, false, {
      managementPort: props.managementPort,
      memoryBufferBytes: sizeToBytes(props.memoryBuffer ?? Size.mebibytes(128)),
      loadingTimeoutMillis: timeoutMillis,
      env: [...(props.env ?? [])],
    });
  }

  /** The server implements ModelMesh's model-runtime API itself; ModelMesh's puller fetches the models and passes it local paths. */
  public static puller(): RuntimeAdapter {
    return new RuntimeAdapter(undefined, false, undefined);
  }

  /** The server implements ModelMesh's model-runtime API itself and fetches the models itself from the storage path it is given. */
  public static ownApi(): RuntimeAdapter {
    return new RuntimeAdapter(undefined, true, undefined);
  }

  private constructor(
    /** The server of a built-in adapter, otherwise undefined. */
    public readonly server: BuiltInServer | undefined,
    /** Whether ModelMesh's puller is left out. */
    public readonly isStorageHelperDisabled: boolean,
    /** @internal */
    public readonly _builtIn: BuiltInAdapterSettings | undefined,
  ) {}
}

/** What a built-in adapter is told. */
export interface BuiltInAdapterSettings {
  readonly managementPort: number;
  readonly memoryBufferBytes: number;
  readonly loadingTimeoutMillis: number;
  readonly env: readonly EnvVariable[];
}
