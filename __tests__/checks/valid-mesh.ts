import type { Manifest as AnyManifest } from '../support/synth';

export const NAMESPACE = 'modelmesh-serving';

/** Manifests that can be changed before they are checked. */
export class MeshUnderTest {
  public constructor(public readonly objects: AnyManifest[]) {}

  /** The one object of a kind and a name. */
  public get(kind: string, name: string): AnyManifest {
    const found = this.objects.filter((object) => object.kind === kind && object.metadata.name === name);
    if (found.length !== 1) throw new Error(`there are ${found.length} objects of kind ${kind} named ${name}`);
    return found[0];
  }

  public add(object: AnyManifest): void {
    this.objects.push(object);
  }

  public remove(kind: string, name: string): void {
    this.objects.splice(this.objects.indexOf(this.get(kind, name)), 1);
  }
}

const resources = (memory: string): AnyManifest => ({ requests: { cpu: '500m', memory }, limits: { cpu: '5', memory } });

function servingRuntime(name: string, spec: AnyManifest): AnyManifest {
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name, namespace: NAMESPACE },
    spec: { multiModel: true, ...spec },
  };
}

/** MLServer behind its built-in adapter. */
const mlserver = (): AnyManifest =>
  servingRuntime('mlserver-1.x', {
    grpcEndpoint: 'port:8085',
    grpcDataEndpoint: 'port:8001',
    protocolVersions: ['grpc-v2'],
    supportedModelFormats: [
      { name: 'sklearn', version: '0', autoSelect: true },
      { name: 'xgboost', version: '1', autoSelect: true },
    ],
    builtInAdapter: { serverType: 'mlserver', runtimeManagementPort: 8001, memBufferBytes: 134217728, modelLoadingTimeoutMillis: 90000 },
    containers: [
      {
        name: 'mlserver',
        image: 'seldonio/mlserver:1.3.2',
        env: [
          { name: 'MLSERVER_MODELS_DIR', value: '/models/_mlserver_models/' },
          { name: 'MLSERVER_LOAD_MODELS_AT_STARTUP', value: 'false' },
          { name: 'MLSERVER_MODEL_NAME', value: 'dummy-model' },
          { name: 'MLSERVER_GRPC_PORT', value: '8001' },
          { name: 'MLSERVER_HTTP_PORT', value: '8002' },
          { name: 'MLSERVER_HOST', value: '127.0.0.1' },
        ],
        resources: resources('1Gi'),
      },
    ],
  });

/** Triton behind its built-in adapter. */
const triton = (): AnyManifest =>
  servingRuntime('triton-2.x', {
    grpcEndpoint: 'port:8085',
    grpcDataEndpoint: 'port:8001',
    protocolVersions: ['grpc-v2'],
    supportedModelFormats: [
      { name: 'tensorflow', version: '2', autoSelect: true },
      { name: 'onnx', version: '1', autoSelect: true },
    ],
    builtInAdapter: { serverType: 'triton', runtimeManagementPort: 8001, memBufferBytes: 134217728, modelLoadingTimeoutMillis: 90000 },
    containers: [{ name: 'triton', image: 'nvcr.io/nvidia/tritonserver:23.04-py3', resources: resources('4Gi') }],
  });

/** A model server that speaks ModelMesh's own API, behind the puller. */
const custom = (): AnyManifest =>
  servingRuntime('custom', {
    grpcEndpoint: 'port:8087',
    grpcDataEndpoint: 'port:8087',
    protocolVersions: ['grpc-v2'],
    supportedModelFormats: [{ name: 'custom-format', version: '1', autoSelect: true }],
    containers: [{ name: 'server', image: 'example.com/server:1.0', resources: resources('1Gi') }],
  });

const FORMATS = [
  { name: 'sklearn', version: '0' },
  { name: 'xgboost' },
  { name: 'tensorflow', version: '2' },
  { name: 'onnx', version: '1' },
  { name: 'custom-format' },
];

function model(index: number): AnyManifest {
  const name = `model-${index}`;
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace: NAMESPACE, annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } },
    spec: {
      predictor: {
        model: {
          modelFormat: FORMATS[index % FORMATS.length],
          ...(index % 2 === 0
            ? { storageUri: `pvc://models/${name}/v1` }
            : { storage: { key: index % 3 === 0 ? 'models' : 'bucket', path: `${name}/v1` } }),
        },
      },
    },
  };
}

/** A mesh of three runtimes and twenty models behind an ASM gateway, without a mistake. */
export function validMesh(): MeshUnderTest {
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'modelmesh-enabled': 'true' } } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'storage-config', namespace: NAMESPACE },
      stringData: {
        models: '{"type":"pvc","name":"models"}',
        bucket: '{"type":"gcs","bucket":"public-models"}',
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'models', namespace: NAMESPACE },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '10Gi' } } },
    },
    mlserver(),
    triton(),
    custom(),
    ...Array.from({ length: 20 }, (_, index) => model(index)),
    {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'Gateway',
      metadata: { name: 'grpc-gateway', namespace: NAMESPACE },
      spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { name: 'grpc', number: 8008, protocol: 'GRPC' }, hosts: ['*'] }] },
    },
    {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'modelmesh-serving', namespace: NAMESPACE },
      spec: {
        host: 'modelmesh-serving',
        trafficPolicy: {
          loadBalancer: {
            dynamicSubset: { subsetSelectors: [{ keys: ['modelmesh.asm.alibabacloud.com'], fallbackPolicy: 'ANY_ENDPOINT' }] },
          },
        },
      },
    },
    {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      metadata: { name: 'routes', namespace: NAMESPACE },
      spec: {
        hosts: ['*'],
        gateways: ['grpc-gateway'],
        http: [
          {
            name: 'default',
            match: [{ port: 8008 }],
            headerToDynamicSubsetKey: [{ header: 'model', key: 'modelmesh.asm.alibabacloud.com' }],
            headers: { request: { set: { 'mm-balanced': 'true' } } },
            route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
          },
        ],
      },
    },
  ];
  return new MeshUnderTest(structuredClone(objects));
}
