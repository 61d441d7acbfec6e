import { JsonTranscoding, nameForPort, type AsmTranscodingProps } from '../../lib/gateway/json-transcoding';
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
      'JSON transcoding by ASM needs ASM, and the platform is Istio 1.22: use JsonTranscoding.none()',
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
