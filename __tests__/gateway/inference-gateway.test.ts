import { Duration, Size } from 'cdk8s';
import { GatewayTls } from '../../lib/gateway/gateway-tls';
import { InferenceGateway, type InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import { JsonTranscoding } from '../../lib/gateway/json-transcoding';
import { ModelNaming } from '../../lib/gateway/model-naming';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ModelVolume } from '../../lib/storage/model-volume';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestsOf, problemsOf } from '../support/synth';
import { schemaFindings } from '../runtime/schema-findings';
import { namesOf, objectOf, synthGateway } from './helpers';

const SUBDOMAIN = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";
const LABEL = "use lower-case letters, digits and '-', begin and end with a letter or digit";

/** Every property but the two that name the Gateway, of which each test adds one, and encryption, which belongs to one of them. */
function everything(mesh: ModelMesh): Required<Omit<InferenceGatewayProps, 'gatewayName' | 'existingGateway' | 'tls'>> {
  return {
    mesh,
    routing: ModelRouting.asmDynamicSubset(),
    platform: MeshPlatform.asm(),
    port: 8443,
    hosts: ['models.example.com', '*.models.example.com'],
    workload: { namespace: 'ingress', labels: { app: 'gateway' } },
    transcoding: JsonTranscoding.asm({ bufferLimitBytes: 5 }),
    modelHeader: 'x-model',
    modelNaming: ModelNaming.checked(),
    inferenceOnly: true,
    inferenceOnlyName: 'only-inference',
    requestTimeout: Duration.minutes(5),
    modelTimeouts: { big: Duration.minutes(10) },
    retries: { attempts: 1 },
    bufferLimitBytes: 5,
    virtualServiceName: 'to-models',
    labels: { team: 'a' },
    annotations: { note: 'b' },
  };
}

function synthEverything(reference: Pick<InferenceGatewayProps, 'gatewayName' | 'existingGateway' | 'tls'>) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models', serviceName: 'own-service' });
  const volume = new ModelVolume(chart, 'volume', { claimName: 'claim', size: Size.gibibytes(1) });
  mesh.addModel('big', { format: ModelFormat.SKLEARN, source: volume.at('big.joblib') });
  const gateway = new InferenceGateway(chart, 'gateway', { ...everything(mesh), ...reference });
  const others = ['Namespace', 'Secret', 'InferenceService', 'PersistentVolumeClaim'];
  const objects = manifestsOf(chart).filter(({ kind }) => !others.includes(kind));
  return { chart, gateway, objects };
}

describe('an inference gateway', () => {
  it('takes every property to the manifests, with a Gateway of its own', () => {
    const { chart, gateway, objects } = synthEverything({
      gatewayName: 'door',
      tls: GatewayTls.simple({ credentialName: 'door-cert' }),
    });
    expect(problemsOf(chart)).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect([gateway.port, gateway.gateway]).toEqual([8443, 'door']);
    expect(namesOf(objects)).toEqual([
      'Gateway models/door',
      'ASMGrpcJsonTranscoder ingress/grpcjsontranscoder-for-kservepredictv2-8443',
      'EnvoyFilter ingress/grpcjsontranscoder-increasebufferlimit-8443',
      'EnvoyFilter ingress/only-inference',
      'EnvoyFilter ingress/modelmesh-model-name-8443',
      'DestinationRule models/own-service',
      'VirtualService models/to-models',
    ]);
    for (const { metadata } of objects) expect(metadata).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'b' } });
    expect(objectOf(objects, 'Gateway').spec).toEqual({
      selector: { app: 'gateway' },
      servers: [
        {
          port: { number: 8443, name: 'https', protocol: 'HTTPS' },
          hosts: ['models.example.com', '*.models.example.com'],
          tls: { mode: 'SIMPLE', credentialName: 'door-cert', minProtocolVersion: 'TLSV1_2' },
        },
      ],
    });
    expect(objectOf(objects, 'VirtualService').spec).toMatchObject({
      gateways: ['door'],
      hosts: ['models.example.com', '*.models.example.com'],
      http: [
        { match: [{ port: 8443, headers: { 'x-model': { exact: 'big' } } }], timeout: '600s', retries: { attempts: 1 } },
        {
          match: [{ port: 8443 }],
          timeout: '300s',
          retries: { attempts: 1, retryOn: 'connect-failure,refused-stream,unavailable,cancelled' },
          headerToDynamicSubsetKey: [{ header: 'x-model', key: 'modelmesh.asm.alibabacloud.com' }],
          route: [{ destination: { host: 'own-service', port: { number: 8033 } } }],
        },
      ],
    });
    expect(objectOf(objects, 'ASMGrpcJsonTranscoder').spec.workloadSelector).toEqual({ labels: { app: 'gateway' } });
    for (const filter of objects.filter(({ kind }) => kind === 'EnvoyFilter')) {
      expect(filter.spec.workloadSelector).toEqual({ labels: { app: 'gateway' } });
      expect(filter.spec.configPatches[0].match.listener.portNumber).toBe(8443);
    }
  });

  it('takes every property to the manifests, with a Gateway of others', () => {
    const { chart, gateway, objects } = synthEverything({ existingGateway: 'ingress/shared' });
    expect(problemsOf(chart)).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(gateway.gateway).toBe('ingress/shared');
    expect(namesOf(objects)).toEqual([
      'ASMGrpcJsonTranscoder ingress/grpcjsontranscoder-for-kservepredictv2-8443',
      'EnvoyFilter ingress/grpcjsontranscoder-increasebufferlimit-8443',
      'EnvoyFilter ingress/only-inference',
      'EnvoyFilter ingress/modelmesh-model-name-8443',
      'DestinationRule models/own-service',
      'VirtualService models/to-models',
    ]);
    expect(objectOf(objects, 'VirtualService').spec.gateways).toEqual(['ingress/shared']);
  });

  it('is the ingress gateway of ASM, on port 8008, by default', () => {
    const { gateway, objects, problems } = synthGateway();
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect([gateway.port, gateway.gateway]).toEqual([8008, 'grpc-gateway']);
    expect(namesOf(objects)).toEqual([
      'Gateway models/grpc-gateway',
      'ASMGrpcJsonTranscoder istio-system/grpcjsontranscoder-for-kservepredictv2',
      'EnvoyFilter istio-system/grpcjsontranscoder-increasebufferlimit',
      'EnvoyFilter istio-system/modelmesh-inference-only',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
    expect(objectOf(objects, 'Gateway')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'Gateway',
      metadata: { name: 'grpc-gateway', namespace: 'models' },
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [{ port: { number: 8008, name: 'grpc', protocol: 'GRPC' }, hosts: ['*'] }],
      },
    });
  });

  it('names its objects after any other port', () => {
    expect(namesOf(synthGateway({ port: 9008 }).objects)).toEqual([
      'Gateway models/grpc-gateway',
      'ASMGrpcJsonTranscoder istio-system/grpcjsontranscoder-for-kservepredictv2-9008',
      'EnvoyFilter istio-system/grpcjsontranscoder-increasebufferlimit-9008',
      'EnvoyFilter istio-system/modelmesh-inference-only-9008',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
  });

  it('keeps the ids by which its objects are found', () => {
    const ids = (overrides: Partial<InferenceGatewayProps>): string[] =>
      synthGateway(overrides).gateway.node.children.map(({ node }) => node.id);
    const routing = ModelRouting.asmDynamicSubset();
    expect(ids({ routing })).toEqual(['Gateway', 'Transcoder', 'BufferLimit', 'InferenceOnly', 'DestinationRule', 'VirtualService']);
    expect(ids({ platform: MeshPlatform.istio('1.22') })).toEqual([
      'Gateway',
      'Transcoder',
      'BufferLimit',
      'InferenceOnly',
      'ModelName',
      'ModelInBody',
      'VirtualService',
    ]);
  });

  it('transcodes and compares names on Istio', () => {
    const { objects, problems } = synthGateway({ platform: MeshPlatform.istio('1.22') });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(namesOf(objects)).toEqual([
      'Gateway models/grpc-gateway',
      'EnvoyFilter istio-system/modelmesh-transcoder',
      'EnvoyFilter istio-system/modelmesh-buffer-limit',
      'AuthorizationPolicy istio-system/modelmesh-inference-only',
      'EnvoyFilter istio-system/modelmesh-model-name',
      'EnvoyFilter istio-system/modelmesh-model-in-body',
      'VirtualService models/vs-modelmesh-serving-service',
    ]);
  });

  it('does not change with what the caller passed', () => {
    const [labels, annotations, workloadLabels, hosts] = [{ team: 'a' }, { note: 'b' }, { app: 'gateway' }, ['a.example.com']];
    const workload = { namespace: 'ingress', labels: workloadLabels };
    const { chart } = synthGateway({ labels, annotations, workload, hosts });
    const before = JSON.stringify(manifestsOf(chart));
    Object.assign(labels, { team: 'x y', more: 'z' });
    Object.assign(annotations, { note: 5 });
    Object.assign(workloadLabels, { app: 'other' });
    workload.namespace = 'elsewhere';
    hosts.push('*');
    expect(JSON.stringify(manifestsOf(chart))).toBe(before);
    expect(problemsOf(chart)).toEqual([]);
  });
});

describe('an inference gateway reports', () => {
  it.each([0, 65536, 80.5])('the port %d', (port) => {
    expect(synthGateway({ port }).problems).toEqual([`gateway port is '${port}': use a whole number from 1 to 65535`]);
  });

  it.each<[Partial<InferenceGatewayProps>, string]>([
    [{ gatewayName: 'A' }, `gateway name 'A' is not valid: ${SUBDOMAIN}`],
    [{ gatewayName: 'mesh' }, "gateway name 'mesh' means the sidecars of all pods to Istio: use another"],
    [{ existingGateway: 'mesh' }, "gateway name 'mesh' means the sidecars of all pods to Istio: use another"],
    [{ gatewayName: 'a', existingGateway: 'b/c' }, "gatewayName 'a' and existingGateway 'b/c' exclude each other: leave out one of them"],
    ...['', '/', 'a/', '/a', 'a/b/c', 'A'].map((existingGateway): [Partial<InferenceGatewayProps>, string] => [
      { existingGateway },
      `existing gateway '${existingGateway}' is not valid: write it as 'NAME' or 'NAMESPACE/NAME'`,
    ]),
    [{ virtualServiceName: 'a_b' }, `name of the VirtualService 'a_b' is not valid: ${SUBDOMAIN}`],
    [{ inferenceOnlyName: 'a_b' }, `name of the inference-only guard 'a_b' is not valid: ${SUBDOMAIN}`],
    [
      { inferenceOnly: false, inferenceOnlyName: 'own-guard' },
      "inferenceOnlyName is 'own-guard', and there is no such object, because inferenceOnly is false: leave out one of them",
    ],
    [
      { platform: MeshPlatform.gatewayApi({ gatewayClassName: 'eg' }), inferenceOnlyName: 'own-guard' },
      "inferenceOnlyName is 'own-guard', and on the Gateway API with class 'eg' there is no such object, because the routes match nothing but " +
        'the inference API: leave it out',
    ],
    [{ hosts: [] }, "hosts are empty: name at least one, or leave them out for '*'"],
    [{ workload: { namespace: 'a.b' } }, `namespace of the gateway workload 'a.b' is not valid: ${LABEL}`],
  ])('%j', (overrides, problem) => {
    expect(synthGateway(overrides).problems).toEqual([problem]);
  });

  it.each(['', '*.', '**', '*a.com', 'a.*', 'A.com', 'a.com:80', 'ns/a.com', 'http://a.com'])('the host %j', (host) => {
    expect(synthGateway({ hosts: ['a.com', host] }).problems).toEqual([
      `host '${host}' is not valid: use a lower-case domain name, '*.' and a domain name, or '*'`,
    ]);
  });

  it('everything at once', () => {
    const { problems } = synthGateway({
      port: -1,
      hosts: ['-'],
      platform: MeshPlatform.istio('1.21'),
      routing: ModelRouting.asmDynamicSubset({ header: 'Model' }),
      transcoding: JsonTranscoding.asm({ bufferLimitBytes: 0 }),
      labels: { a: '-' },
      annotations: { '-': '' },
    });
    const value = "use letters, digits, '-', '_' and '.', begin and end with a letter or digit";
    expect(problems).toEqual([
      "gateway port is '-1': use a whole number from 1 to 65535",
      "host '-' is not valid: use a lower-case domain name, '*.' and a domain name, or '*'",
      'JSON transcoding by ASM needs ASM, and the platform is Istio 1.21: use JsonTranscoding.istio()',
      "bufferLimitBytes is '0': use a whole number from 1 to 4294967295",
      'routing asmDynamicSubset needs ASM, and the platform is Istio 1.21, which refuses its fields: use ModelRouting.runtimeSubset(), or ' +
        'MeshPlatform.asm() on ASM',
      "header 'Model' is not valid: use lower-case letters, digits and '-'",
      `value of label 'a' '-' is not valid: ${value}`,
      `annotation key '-' is not valid: ${value}`,
    ]);
  });
});

describe('an existing gateway', () => {
  it.each(['shared', 'shared.v1', 'ingress/shared'])('may be %s', (existingGateway) => {
    expect(synthGateway({ existingGateway }).problems).toEqual([]);
  });
});

describe('a host', () => {
  it.each(['*', '*.example.com', 'example.com', 'localhost', '10.0.0.1'])('may be %s', (host) => {
    expect(synthGateway({ hosts: [host] }).problems).toEqual([]);
  });
});
