import { nameForPort } from '../../lib/gateway/envoy-filters';
import { INFERENCE_DESCRIPTOR } from '../../lib/gateway/inference-descriptor';
import { JsonTranscoding, type AsmTranscodingProps, type IstioTranscodingProps } from '../../lib/gateway/json-transcoding';
import { ModelNaming } from '../../lib/gateway/model-naming';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { schemaFindings } from '../runtime/schema-findings';
import { namesOf, objectOf, synthGateway } from './helpers';

const SUBDOMAIN = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";

describe('JSON transcoding by ASM', () => {
  it('has defaults', () => {
    const { objects } = synthGateway({ transcoding: JsonTranscoding.asm() });
    expect(objectOf(objects, 'ASMGrpcJsonTranscoder')).toEqual({
      apiVersion: 'istio.alibabacloud.com/v1beta1',
      kind: 'ASMGrpcJsonTranscoder',
      metadata: { name: 'grpcjsontranscoder-for-kservepredictv2', namespace: 'istio-system' },
      spec: {
        builtinProtoDescriptor: 'kserve_predict_v2',
        isGateway: true,
        portNumber: 8008,
        workloadSelector: { labels: { istio: 'ingressgateway' } },
      },
    });
    expect(objectOf(objects, 'EnvoyFilter', 'grpcjsontranscoder-increasebufferlimit')).toEqual({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: 'grpcjsontranscoder-increasebufferlimit', namespace: 'istio-system' },
      spec: {
        workloadSelector: { labels: { istio: 'ingressgateway' } },
        configPatches: [
          {
            applyTo: 'LISTENER',
            match: { context: 'GATEWAY', listener: { portNumber: 8008 } },
            patch: { operation: 'MERGE', value: { per_connection_buffer_limit_bytes: 100_000_000 } },
          },
        ],
      },
    });
  });

  it('takes every property to the manifests', () => {
    const props: Required<AsmTranscodingProps> = {
      builtinProtoDescriptor: 'KServe_Predict_V2',
      transcoderName: 'own-transcoder',
      bufferLimitBytes: 4_294_967_295,
      bufferLimitName: 'own-limit',
    };
    const { objects, problems } = synthGateway({ port: 9008, transcoding: JsonTranscoding.asm(props) });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'ASMGrpcJsonTranscoder', 'own-transcoder').spec).toMatchObject({
      builtinProtoDescriptor: 'KServe_Predict_V2',
      portNumber: 9008,
    });
    expect(objectOf(objects, 'EnvoyFilter', 'own-limit').spec.configPatches[0]).toMatchObject({
      match: { listener: { portNumber: 9008 } },
      patch: { value: { per_connection_buffer_limit_bytes: 4_294_967_295 } },
    });
  });

  it('does not change with what the caller passed', () => {
    const props = { transcoderName: 'own-transcoder' };
    const transcoding = JsonTranscoding.asm(props);
    props.transcoderName = 'other';
    expect(objectOf(synthGateway({ transcoding }).objects, 'ASMGrpcJsonTranscoder').metadata.name).toBe('own-transcoder');
  });

  it.each<[AsmTranscodingProps, string]>([
    [
      { builtinProtoDescriptor: 'a b' },
      "builtinProtoDescriptor 'a b' is not valid: use the name without white space, e.g. 'kserve_predict_v2'",
    ],
    [{ builtinProtoDescriptor: '' }, "builtinProtoDescriptor '' is not valid: use the name without white space, e.g. 'kserve_predict_v2'"],
    [{ transcoderName: 'A' }, `name of the transcoder 'A' is not valid: ${SUBDOMAIN}`],
    [{ bufferLimitName: 'A' }, `name of the buffer limit 'A' is not valid: ${SUBDOMAIN}`],
    [{ bufferLimitBytes: 1.5 }, "bufferLimitBytes is '1.5': use a whole number from 1 to 4294967295"],
    [{ bufferLimitBytes: 2 ** 32 }, "bufferLimitBytes is '4294967296': use a whole number from 1 to 4294967295"],
  ])('reports %j', (props, problem) => {
    expect(synthGateway({ transcoding: JsonTranscoding.asm(props) }).problems).toEqual([problem]);
  });

  it('needs ASM', () => {
    expect(synthGateway({ transcoding: JsonTranscoding.asm(), platform: MeshPlatform.istio('1.22') }).problems).toEqual([
      'JSON transcoding by ASM needs ASM, and the platform is Istio 1.22: use JsonTranscoding.istio()',
    ]);
    const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
    expect(synthGateway({ transcoding: JsonTranscoding.asm(), platform }).problems).toEqual([
      "JSON transcoding by ASM needs ASM, and the platform is the Gateway API with class 'eg': use JsonTranscoding.none()",
    ]);
  });
});

describe('JSON transcoding by Istio', () => {
  const platform = MeshPlatform.istio('1.22');
  const modelNaming = ModelNaming.asSent();

  it('has defaults, and is the default on Istio', () => {
    const { objects, problems } = synthGateway({ platform, modelNaming });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(namesOf(objects)).toEqual(namesOf(synthGateway({ platform, modelNaming, transcoding: JsonTranscoding.istio() }).objects));
    expect(objectOf(objects, 'EnvoyFilter', 'modelmesh-transcoder')).toEqual({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: 'modelmesh-transcoder', namespace: 'istio-system' },
      spec: {
        workloadSelector: { labels: { istio: 'ingressgateway' } },
        priority: 10,
        configPatches: [
          {
            applyTo: 'HTTP_FILTER',
            match: {
              context: 'GATEWAY',
              listener: {
                portNumber: 8008,
                filterChain: {
                  filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } },
                },
              },
            },
            patch: {
              operation: 'INSERT_BEFORE',
              value: {
                name: 'envoy.filters.http.grpc_json_transcoder',
                typed_config: {
                  '@type': 'type.googleapis.com/envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder',
                  proto_descriptor_bin: INFERENCE_DESCRIPTOR,
                  services: ['inference.GRPCInferenceService'],
                  convert_grpc_status: true,
                  request_validation_options: {
                    reject_unknown_method: true,
                    reject_unknown_query_parameters: true,
                    reject_binding_body_field_collisions: true,
                  },
                },
              },
            },
          },
        ],
      },
    });
    expect(objectOf(objects, 'EnvoyFilter', 'modelmesh-buffer-limit').spec).toEqual({
      workloadSelector: { labels: { istio: 'ingressgateway' } },
      configPatches: [
        {
          applyTo: 'LISTENER',
          match: { context: 'GATEWAY', listener: { portNumber: 8008 } },
          patch: { operation: 'MERGE', value: { per_connection_buffer_limit_bytes: 100_000_000 } },
        },
      ],
    });
  });

  it('takes every property to the manifests', () => {
    const props: Required<IstioTranscodingProps> = { transcoderName: 'own', bufferLimitBytes: 5, bufferLimitName: 'own-limit' };
    const workload = { namespace: 'ingress', labels: { app: 'gateway' } };
    const transcoding = JsonTranscoding.istio(props);
    const { objects, problems } = synthGateway({ platform, port: 9008, transcoding, workload, modelNaming, labels: { team: 'a' } });
    expect(problems).toEqual([]);
    const filters = ['own', 'own-limit'].map((name) => objectOf(objects, 'EnvoyFilter', name));
    for (const { metadata, spec } of filters) {
      expect(metadata).toMatchObject({ namespace: 'ingress', labels: { team: 'a' } });
      expect(spec.workloadSelector).toEqual({ labels: { app: 'gateway' } });
      expect(spec.configPatches[0].match.listener.portNumber).toBe(9008);
    }
    expect(filters[1].spec.configPatches[0].patch.value).toEqual({ per_connection_buffer_limit_bytes: 5 });
  });

  it('names its objects after any other port', () => {
    expect(namesOf(synthGateway({ platform, port: 9008, modelNaming }).objects)).toEqual([
      'Gateway models/grpc-gateway',
      'EnvoyFilter istio-system/modelmesh-transcoder-9008',
      'EnvoyFilter istio-system/modelmesh-buffer-limit-9008',
      'AuthorizationPolicy istio-system/modelmesh-inference-only-9008',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
  });

  it('works on ASM too', () => {
    const { objects, problems } = synthGateway({ transcoding: JsonTranscoding.istio() });
    expect(problems).toEqual([]);
    expect(namesOf(objects)).toEqual([
      'Gateway models/grpc-gateway',
      'EnvoyFilter istio-system/modelmesh-transcoder',
      'EnvoyFilter istio-system/modelmesh-buffer-limit',
      'EnvoyFilter istio-system/modelmesh-inference-only',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
  });

  it.each<[IstioTranscodingProps, string]>([
    [{ transcoderName: 'A' }, `name of the transcoder 'A' is not valid: ${SUBDOMAIN}`],
    [{ bufferLimitName: 'A' }, `name of the buffer limit 'A' is not valid: ${SUBDOMAIN}`],
    [{ bufferLimitBytes: 0 }, "bufferLimitBytes is '0': use a whole number from 1 to 4294967295"],
  ])('reports %j', (props, problem) => {
    expect(synthGateway({ platform, transcoding: JsonTranscoding.istio(props) }).problems).toEqual([problem]);
  });

  it('needs Istio', () => {
    const gatewayApi = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
    expect(synthGateway({ transcoding: JsonTranscoding.istio(), platform: gatewayApi }).problems).toEqual([
      "JSON transcoding by an EnvoyFilter needs Istio, and the platform is the Gateway API with class 'eg': use JsonTranscoding.none()",
    ]);
  });
});

describe('the buffer limit of the gateway', () => {
  const limitOf = (overrides: Parameters<typeof synthGateway>[0]): unknown =>
    synthGateway(overrides).objects.flatMap(({ spec }) => spec?.configPatches?.[0]?.patch?.value?.per_connection_buffer_limit_bytes ?? []);
  const platform = MeshPlatform.istio('1.22');

  it('is that of the transcoding, where this says so', () => {
    expect(limitOf({ bufferLimitBytes: 7 })).toEqual([7]);
    expect(limitOf({ platform, bufferLimitBytes: 7 })).toEqual([7]);
    expect(limitOf({ transcoding: JsonTranscoding.asm({ bufferLimitBytes: 5 }) })).toEqual([5]);
    expect(limitOf({ transcoding: JsonTranscoding.asm({ bufferLimitBytes: 7 }), bufferLimitBytes: 7 })).toEqual([7]);
  });

  it('is raised for requests whose body is compared, without transcoding too', () => {
    expect(limitOf({ platform, transcoding: JsonTranscoding.none() })).toEqual([100_000_000]);
    expect(limitOf({ platform, transcoding: JsonTranscoding.none(), modelNaming: ModelNaming.asSent() })).toEqual([]);
  });

  it('is for gateways that hold requests', () => {
    const transcoding = JsonTranscoding.none();
    const problem =
      "bufferLimitBytes is '7', and the gateway holds no requests, because it neither transcodes nor compares bodies: leave it out";
    expect(synthGateway({ transcoding, bufferLimitBytes: 7 }).problems).toEqual([problem]);
    expect(synthGateway({ platform: MeshPlatform.gatewayApi({ gatewayClassName: 'eg' }), bufferLimitBytes: 7 }).problems).toEqual([
      problem,
    ]);
    expect(synthGateway({ platform, transcoding, bufferLimitBytes: 7 }).problems).toEqual([]);
  });

  it('is said once', () => {
    const transcoding = JsonTranscoding.asm({ bufferLimitBytes: 5 });
    expect(synthGateway({ transcoding, bufferLimitBytes: 7 }).problems).toEqual([
      "bufferLimitBytes is '7' for the gateway and '5' for its transcoding: leave out one of them",
    ]);
    expect(synthGateway({ bufferLimitBytes: 0.5 }).problems).toEqual([
      "bufferLimitBytes is '0.5': use a whole number from 1 to 4294967295",
    ]);
  });
});

describe('no JSON transcoding', () => {
  it('makes no objects, on ASM either', () => {
    const { objects, problems } = synthGateway({ transcoding: JsonTranscoding.none() });
    expect(problems).toEqual([]);
    expect(namesOf(objects)).toEqual([
      'Gateway models/grpc-gateway',
      'EnvoyFilter istio-system/modelmesh-inference-only',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
  });
});

describe('a name for a port', () => {
  it('has the port unless it is the usual one', () => {
    expect([nameForPort('a', 8008), nameForPort('a', 80)]).toEqual(['a', 'a-80']);
  });
});
