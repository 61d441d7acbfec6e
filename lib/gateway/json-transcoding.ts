import type { Construct } from 'constructs';
import { AsmGrpcJsonTranscoder } from '../../imports/istio.alibabacloud.com';
import { INFERENCE_SERVICE } from '../routing/inference-api';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import type { MeshPlatform } from '../values/mesh-platform';
import { collectProblems, quote } from '../values/problems';
import { bufferLimitProblems } from './buffer-limit';
import { addEnvoyFilter, FilterPriority, lastFilter, nameForPort, type ObjectMarks } from './envoy-filters';
import type { GatewayListener } from './gateway-workload';
import { INFERENCE_DESCRIPTOR } from './inference-descriptor';

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
   * @default - `bufferLimitBytes` of the gateway
   */
  readonly bufferLimitBytes?: number;
  /** Name of the EnvoyFilter that raises the limit. @default 'grpcjsontranscoder-increasebufferlimit', with `-PORT` on ports other than 8008 */
  readonly bufferLimitName?: string;
}

/** Properties of {@link JsonTranscoding.istio}. */
export interface IstioTranscodingProps {
  /** Name of the EnvoyFilter with the transcoder. @default 'modelmesh-transcoder', with `-PORT` on ports other than 8008 */
  readonly transcoderName?: string;
  /**
   * Bytes that the listener may buffer for one connection. Envoy's own limit of 1 MiB makes larger JSON responses fail with status 500.
   *
   * @default - `bufferLimitBytes` of the gateway
   */
  readonly bufferLimitBytes?: number;
  /** Name of the EnvoyFilter that raises the limit. @default 'modelmesh-buffer-limit', with `-PORT` on ports other than 8008 */
  readonly bufferLimitName?: string;
}

/** What a way of transcoding does on a gateway. */
interface Transcoder {
  readonly isOfAsm: boolean;
  readonly bufferLimitName?: string;
  readonly usualBufferLimitName: string;
  readonly bufferLimitBytes?: number;
  problems(platform: MeshPlatform): string[];
  addTo(scope: Construct, listener: GatewayListener, marks: ObjectMarks): void;
}

/**
 * Whether, and by what, the gateway turns JSON requests into gRPC.
 *
 * JSON callers send and get the messages of the inference protocol in the JSON form of protocol buffers: values are in `contents`, e.g.
 * `{"inputs": [{"name": "predict", "shape": [1, 2], "datatype": "FP32", "contents": {"fp32_contents": [0, 1]}}]}`, and integers of 64 bits
 * come back as texts. The field `data` of KServe's own REST protocol is not part of them.
 */
export class JsonTranscoding {
  /** ASM's own transcoder. */
  public static asm(props: AsmTranscodingProps = {}): JsonTranscoding {
    return new JsonTranscoding(asmTranscoder({ ...props }));
  }

  /**
   * Envoy's transcoder, put into Istio's gateway by an EnvoyFilter, for `GET /v2/models/NAME` and `POST /v2/models/NAME/infer`. It carries its
   * own description of the protocol, answers 404 to other paths and 400 to query parameters, and turns the status of gRPC into one of HTTP
   * with a JSON body. gRPC callers pass it untouched.
   */
  public static istio(props: IstioTranscodingProps = {}): JsonTranscoding {
    return new JsonTranscoding(istioTranscoder({ ...props }));
  }

  /** No transcoding: the gateway takes gRPC only. */
  public static none(): JsonTranscoding {
    return new JsonTranscoding(undefined);
  }

  private constructor(private readonly transcoder: Transcoder | undefined) {}

  /** @internal */
  public get _isOn(): boolean {
    return this.transcoder !== undefined;
  }

  /** Whether ASM decides where among the filters it runs. @internal */
  public get _isOfAsm(): boolean {
    return this.transcoder?.isOfAsm ?? false;
  }

  /** Bytes that a connection may buffer, where the transcoding says so itself. @internal */
  public get _bufferLimitBytes(): number | undefined {
    return this.transcoder?.bufferLimitBytes;
  }

  /** @internal */
  public _bufferLimitName(port: number): string {
    return this.transcoder?.bufferLimitName ?? nameForPort(this.transcoder?.usualBufferLimitName ?? 'modelmesh-buffer-limit', port);
  }

  /** @internal */
  public _problems(platform: MeshPlatform): string[] {
    return this.transcoder?.problems(platform) ?? [];
  }

  /** @internal */
  public _addTo(scope: Construct, listener: GatewayListener, marks: ObjectMarks): void {
    this.transcoder?.addTo(scope, listener, marks);
  }
}

function asmTranscoder(props: AsmTranscodingProps): Transcoder {
  const { builtinProtoDescriptor, transcoderName, bufferLimitBytes, bufferLimitName } = props;
  return {
    isOfAsm: true,
    bufferLimitBytes,
    bufferLimitName,
    usualBufferLimitName: 'grpcjsontranscoder-increasebufferlimit',
    problems: (platform) => [
      ...collectProblems(
        platform.hasAsmExtensions
          ? undefined
          : `JSON transcoding by ASM needs ASM, and the platform is ${platform.name}: use ${platform.hasIstioApi ? 'JsonTranscoding.istio()' : 'JsonTranscoding.none()'}`,
        builtinProtoDescriptor === undefined || /^\S+$/.test(builtinProtoDescriptor)
          ? undefined
          : `builtinProtoDescriptor ${quote(builtinProtoDescriptor)} is not valid: use the name without white space, e.g. 'kserve_predict_v2'`,
        transcoderName === undefined ? undefined : dnsSubdomainProblem('name of the transcoder', transcoderName),
      ),
      ...bufferLimitProblems(bufferLimitName, bufferLimitBytes),
    ],
    addTo: (scope, { namespace, workloadLabels, port }, marks) =>
      new AsmGrpcJsonTranscoder(scope, 'Transcoder', {
        metadata: { name: transcoderName ?? nameForPort('grpcjsontranscoder-for-kservepredictv2', port), namespace, ...marks },
        spec: {
          builtinProtoDescriptor: builtinProtoDescriptor ?? 'kserve_predict_v2',
          isGateway: true,
          portNumber: port,
          workloadSelector: { labels: workloadLabels },
        },
      }),
  };
}

/** Envoy's transcoder. It sits behind authorization, which sees the caller's path, and before routing, which sees that of gRPC. */
const TRANSCODER = {
  name: 'envoy.filters.http.grpc_json_transcoder',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder',
    proto_descriptor_bin: INFERENCE_DESCRIPTOR,
    services: [INFERENCE_SERVICE],
    convert_grpc_status: true,
    request_validation_options: {
      reject_unknown_method: true,
      reject_unknown_query_parameters: true,
      reject_binding_body_field_collisions: true,
    },
  },
};

function istioTranscoder({ transcoderName, bufferLimitBytes, bufferLimitName }: IstioTranscodingProps): Transcoder {
  return {
    isOfAsm: false,
    bufferLimitBytes,
    bufferLimitName,
    usualBufferLimitName: 'modelmesh-buffer-limit',
    problems: (platform) => [
      ...collectProblems(
        platform.hasIstioApi
          ? undefined
          : `JSON transcoding by an EnvoyFilter needs Istio, and the platform is ${platform.name}: use JsonTranscoding.none()`,
        transcoderName === undefined ? undefined : dnsSubdomainProblem('name of the transcoder', transcoderName),
      ),
      ...bufferLimitProblems(bufferLimitName, bufferLimitBytes),
    ],
    addTo: (scope, listener, marks) => {
      const name = transcoderName ?? nameForPort('modelmesh-transcoder', listener.port);
      addEnvoyFilter(scope, 'Transcoder', listener, name, marks, [lastFilter(listener, TRANSCODER)], FilterPriority.TRANSCODER);
    },
  };
}
