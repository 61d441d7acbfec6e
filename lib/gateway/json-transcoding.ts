import type { Construct } from 'constructs';
import { AsmGrpcJsonTranscoder } from '../../imports/istio.alibabacloud.com';
import {
  EnvoyFilter,
  EnvoyFilterSpecConfigPatchesApplyTo,
  EnvoyFilterSpecConfigPatchesMatchContext,
  EnvoyFilterSpecConfigPatchesPatchOperation,
} from '../../imports/networking.istio.io';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import type { MeshPlatform } from '../values/mesh-platform';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import type { GatewayListener } from './gateway-workload';

/** Properties of {@link JsonTranscoding.asm}. */
export interface AsmTranscodingProps {
  /**
   * The descriptor of the inference protocol that ASM carries. ASM's public API names the value `KServe_Predict_V2` as well; whether case
   * matters is not documented.
   *
   * @default 'kserve_predict_v2'
   */
  readonly builtinProtoDescriptor?: string;
  /** Name of the ASMGrpcJsonTranscoder. @default 'grpcjsontranscoder-for-kservepredictv2', with `-PORT` on ports other than 8008 */
  readonly transcoderName?: string;
  /**
   * Bytes that the listener may buffer for one connection. Envoy's own limit of 1 MiB makes larger JSON responses fail with status 500.
   *
   * @default 100000000
   */
  readonly bufferLimitBytes?: number;
  /** Name of the EnvoyFilter that raises the limit. @default 'grpcjsontranscoder-increasebufferlimit', with `-PORT` on ports other than 8008 */
  readonly bufferLimitName?: string;
}

/** Whether, and by what, the gateway turns JSON requests into gRPC. */
export class JsonTranscoding {
  /** ASM's own transcoder. */
  public static asm(props: AsmTranscodingProps = {}): JsonTranscoding {
    return new JsonTranscoding({ ...props });
  }

  /** No transcoding: the gateway takes gRPC only. */
  public static none(): JsonTranscoding {
    return new JsonTranscoding(undefined);
  }

  private constructor(private readonly asmProps: AsmTranscodingProps | undefined) {}

  /** @internal */
  public _problems(platform: MeshPlatform): string[] {
    if (this.asmProps === undefined) return [];
    const { builtinProtoDescriptor, transcoderName, bufferLimitBytes, bufferLimitName } = this.asmProps;
    return collectProblems(
      platform.hasAsmExtensions
        ? undefined
        : `JSON transcoding by ASM needs ASM, and the platform is ${platform.name}: use JsonTranscoding.none()`,
      builtinProtoDescriptor === undefined || /^\S+$/.test(builtinProtoDescriptor)
        ? undefined
        : `builtinProtoDescriptor ${quote(builtinProtoDescriptor)} is not valid: use the name without white space, e.g. 'kserve_predict_v2'`,
      transcoderName === undefined ? undefined : dnsSubdomainProblem('name of the transcoder', transcoderName),
      bufferLimitName === undefined ? undefined : dnsSubdomainProblem('name of the buffer limit', bufferLimitName),
      integerProblem('bufferLimitBytes', bufferLimitBytes, 1, 2 ** 32 - 1),
    );
  }

  /** @internal */
  public _addTo(scope: Construct, listener: GatewayListener, metadata: ObjectMarks): void {
    if (this.asmProps === undefined) return;
    const { namespace, workloadLabels, port } = listener;
    new AsmGrpcJsonTranscoder(scope, 'Transcoder', {
      metadata: {
        name: this.asmProps.transcoderName ?? nameForPort('grpcjsontranscoder-for-kservepredictv2', port),
        namespace,
        ...metadata,
      },
      spec: {
        builtinProtoDescriptor: this.asmProps.builtinProtoDescriptor ?? 'kserve_predict_v2',
        isGateway: true,
        portNumber: port,
        workloadSelector: { labels: workloadLabels },
      },
    });
    new EnvoyFilter(scope, 'BufferLimit', {
      metadata: {
        name: this.asmProps.bufferLimitName ?? nameForPort('grpcjsontranscoder-increasebufferlimit', port),
        namespace,
        ...metadata,
      },
      spec: {
        workloadSelector: { labels: workloadLabels },
        configPatches: [
          {
            applyTo: EnvoyFilterSpecConfigPatchesApplyTo.LISTENER,
            match: { context: EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY, listener: { portNumber: port } },
            patch: {
              operation: EnvoyFilterSpecConfigPatchesPatchOperation.MERGE,
              value: { per_connection_buffer_limit_bytes: this.asmProps.bufferLimitBytes ?? 100_000_000 },
            },
          },
        ],
      },
    });
  }
}

/** Labels and annotations that every object of a gateway gets. */
export interface ObjectMarks {
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
}

/** The usual name on the usual port, and a name of its own for any other: several gateways of one workload must not overwrite each other. */
export function nameForPort(name: string, port: number): string {
  return port === 8008 ? name : `${name}-${port}`;
}
