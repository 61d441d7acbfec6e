import { CATALOGUE } from '../../lib/checks/catalogue';
import { runChecks } from '../../lib/checks/run-checks';
import { Manifest } from '../../lib/manifests/manifest';
import { ManifestSet } from '../../lib/manifests/manifest-set';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { type MeshUnderTest, NAMESPACE, validMesh } from './valid-mesh';

interface Mutation {
  readonly code: string;
  readonly mistake: string;
  readonly mutate: (mesh: MeshUnderTest) => void;
  readonly platform?: MeshPlatform;
}

const RUNTIME = 'mlserver-1.x';
const runtimeSpec = (mesh: MeshUnderTest, name = RUNTIME) => mesh.get('ServingRuntime', name).spec;
const container = (mesh: MeshUnderTest, name = RUNTIME) => runtimeSpec(mesh, name).containers[0];
const modelSpec = (mesh: MeshUnderTest, index: number) => mesh.get('InferenceService', `model-${index}`).spec.predictor.model;
const predictor = (mesh: MeshUnderTest, index: number) => mesh.get('InferenceService', `model-${index}`).spec.predictor;
const annotations = (mesh: MeshUnderTest, index: number) => mesh.get('InferenceService', `model-${index}`).metadata.annotations;
const entries = (mesh: MeshUnderTest) => mesh.get('Secret', 'storage-config').stringData;
const route = (mesh: MeshUnderTest) => mesh.get('VirtualService', 'routes').spec.http[0];
const loadBalancer = (mesh: MeshUnderTest) => mesh.get('DestinationRule', 'modelmesh-serving').spec.trafficPolicy.loadBalancer;
const config = (text: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'model-serving-config', namespace: 'modelmesh-controller' },
  data: { 'config.yaml': text },
});

// Single changes of a mesh with 3 runtimes and 20 models. Model 0 is sklearn by URI, 1 xgboost in the bucket, 2 tensorflow by URI, 3 onnx by key
// on the claim, 4 of the custom runtime by URI.
const MUTATIONS: readonly Mutation[] = [
  // runtimes
  { code: 'MM101', mistake: 'no grpcEndpoint', mutate: (mesh) => delete runtimeSpec(mesh).grpcEndpoint },
  {
    code: 'MM102',
    mistake: 'an endpoint that is neither port nor socket',
    mutate: (mesh) => (runtimeSpec(mesh, 'custom').grpcEndpoint = '8087'),
  },
  { code: 'MM103', mistake: 'a socket for the adapter', mutate: (mesh) => (runtimeSpec(mesh).grpcEndpoint = 'unix:/run/a.sock') },
  {
    code: 'MM104',
    mistake: 'sockets in two folders',
    mutate: (mesh) => Object.assign(runtimeSpec(mesh, 'custom'), { grpcEndpoint: 'unix:/a/m.sock', grpcDataEndpoint: 'unix:/b/d.sock' }),
  },
  { code: 'MM106', mistake: 'a server type in capitals', mutate: (mesh) => (runtimeSpec(mesh).builtInAdapter.serverType = 'MLServer') },
  { code: 'MM107', mistake: 'no container named after the server type', mutate: (mesh) => (container(mesh, 'triton-2.x').name = 'server') },
  { code: 'MM108', mistake: 'a container named mm', mutate: (mesh) => (container(mesh, 'custom').name = 'mm') },
  {
    code: 'MM109',
    mistake: 'two containers of one name',
    mutate: (mesh) => runtimeSpec(mesh, 'custom').containers.push({ ...container(mesh, 'custom') }),
  },
  {
    code: 'MM110',
    mistake: 'a volume named tc-config',
    mutate: (mesh) => (runtimeSpec(mesh).volumes = [{ name: 'tc-config', emptyDir: {} }]),
  },
  {
    code: 'MM111',
    mistake: 'a mount of storage-config',
    mutate: (mesh) => (container(mesh).volumeMounts = [{ name: 'storage-config', mountPath: '/x' }]),
  },
  { code: 'MM112', mistake: 'a port named grpc', mutate: (mesh) => (container(mesh).ports = [{ name: 'grpc', containerPort: 9000 }]) },
  { code: 'MM113', mistake: 'port 8080', mutate: (mesh) => (container(mesh).ports = [{ containerPort: 8080 }]) },
  { code: 'MM115', mistake: 'a readiness probe', mutate: (mesh) => (container(mesh).readinessProbe = { tcpSocket: { port: 8001 } }) },
  { code: 'MM122', mistake: 'no time to load', mutate: (mesh) => (runtimeSpec(mesh).builtInAdapter.modelLoadingTimeoutMillis = 50) },
  {
    code: 'MM126',
    mistake: 'no memory request and limit',
    mutate: (mesh) => (container(mesh).resources = { requests: { cpu: '500m' } }),
  },
  {
    code: 'MM127',
    mistake: 'a buffer as large as the request',
    mutate: (mesh) => (runtimeSpec(mesh).builtInAdapter.memBufferBytes = 1073741824),
  },
  {
    code: 'MM131',
    mistake: 'autoscaling by requests per second',
    mutate: (mesh) =>
      (mesh.get('ServingRuntime', RUNTIME).metadata.annotations = {
        'serving.kserve.io/autoscalerClass': 'hpa',
        'serving.kserve.io/metrics': 'rps',
      }),
  },
  {
    code: 'MM134',
    mistake: 'replicas beside autoscaling',
    mutate: (mesh) => {
      runtimeSpec(mesh).replicas = 2;
      mesh.get('ServingRuntime', RUNTIME).metadata.annotations = { 'serving.kserve.io/autoscalerClass': 'hpa' };
    },
  },
  {
    code: 'MM140',
    mistake: 'a pod label of the Deployment',
    mutate: (mesh) => (runtimeSpec(mesh).labels = { 'modelmesh-service': 'mine' }),
  },
  {
    code: 'MM142',
    mistake: 'a long name',
    mutate: (mesh) => (mesh.get('ServingRuntime', 'custom').metadata.name = 'c'.repeat(46)),
  },
  { code: 'MM144', mistake: 'replicas beyond 16 bits', mutate: (mesh) => (runtimeSpec(mesh).replicas = 70000) },
  { code: 'MM151', mistake: 'an unknown field', mutate: (mesh) => (runtimeSpec(mesh).grpcEndPoint = 'port:8085') },
  { code: 'MM152', mistake: 'a text for a number', mutate: (mesh) => (runtimeSpec(mesh).supportedModelFormats[1].priority = '1') },
  { code: 'MM161', mistake: 'no image', mutate: (mesh) => delete container(mesh).image },
  {
    code: 'MM162',
    mistake: 'a mount of no volume',
    mutate: (mesh) => (container(mesh).volumeMounts = [{ name: 'cache', mountPath: '/c' }]),
  },
  // models
  {
    code: 'MM201',
    mistake: 'no deployment mode',
    mutate: (mesh) => delete annotations(mesh, 0)['serving.kserve.io/deploymentMode'],
  },
  {
    code: 'MM202',
    mistake: 'a deployment mode in small letters',
    mutate: (mesh) => (annotations(mesh, 0)['serving.kserve.io/deploymentMode'] = 'modelmesh'),
  },
  { code: 'MM204', mistake: 'model and framework', mutate: (mesh) => (predictor(mesh, 0).sklearn = { storageUri: 'pvc://models/a' }) },
  {
    code: 'MM205',
    mistake: 'the annotation of the older form',
    mutate: (mesh) => (annotations(mesh, 0)['serving.kserve.io/servingRuntime'] = RUNTIME),
  },
  {
    code: 'MM208',
    mistake: 'two places',
    mutate: (mesh) => (modelSpec(mesh, 0).storage = { path: 'elsewhere' }),
  },
  { code: 'MM209', mistake: 'no place', mutate: (mesh) => delete modelSpec(mesh, 0).storageUri },
  { code: 'MM211', mistake: 'a format of nobody', mutate: (mesh) => (modelSpec(mesh, 1).modelFormat = { name: 'mlflow' }) },
  { code: 'MM212', mistake: 'a format in other case', mutate: (mesh) => (modelSpec(mesh, 0).modelFormat = { name: 'SKLearn' }) },
  { code: 'MM213', mistake: 'another version', mutate: (mesh) => (modelSpec(mesh, 2).modelFormat.version = '2.13') },
  {
    code: 'MM214',
    mistake: 'a format that is not selected',
    mutate: (mesh) => delete runtimeSpec(mesh, 'custom').supportedModelFormats[0].autoSelect,
  },
  { code: 'MM215', mistake: 'a protocol of nobody', mutate: (mesh) => (modelSpec(mesh, 0).protocolVersion = 'v1') },
  { code: 'MM216', mistake: 'a runtime of nobody', mutate: (mesh) => (modelSpec(mesh, 0).runtime = 'mlserver') },
  // storage
  { code: 'MM301', mistake: 'no storage Secret', mutate: (mesh) => mesh.remove('Secret', 'storage-config') },
  { code: 'MM302', mistake: 'an entry cut off', mutate: (mesh) => (entries(mesh).more = '{"type":"pvc"') },
  { code: 'MM303', mistake: 'a number in an entry', mutate: (mesh) => (entries(mesh).bucket = '{"type":"gcs","bucket":"b","port":9000}') },
  { code: 'MM304', mistake: 'an entry without type', mutate: (mesh) => (entries(mesh).more = '{"name":"leaked"}') },
  { code: 'MM308', mistake: 'a type that is a scheme', mutate: (mesh) => (entries(mesh).bucket = '{"type":"gs","bucket":"b"}') },
  {
    code: 'MM312',
    mistake: 'S3 without a region',
    mutate: (mesh) =>
      (entries(mesh).bucket =
        '{"type":"s3","access_key_id":"a","secret_access_key":"b","endpoint_url":"https://s3.example.com","bucket":"b"}'),
  },
  { code: 'MM322', mistake: 'an entry of nobody', mutate: (mesh) => (modelSpec(mesh, 1).storage.key = 'buckets') },
  { code: 'MM323', mistake: 'a path', mutate: (mesh) => (modelSpec(mesh, 0).storageUri = '/mnt/models/a') },
  { code: 'MM324', mistake: 'a scheme of KServe', mutate: (mesh) => (modelSpec(mesh, 0).storageUri = 'hf://org/model') },
  { code: 'MM328', mistake: 'a claim without path', mutate: (mesh) => (modelSpec(mesh, 0).storageUri = 'pvc://models') },
  { code: 'MM332', mistake: 'a claim that is not mounted', mutate: (mesh) => (modelSpec(mesh, 0).storageUri = 'pvc://other/a') },
  { code: 'MM333', mistake: 'a claim that is gone', mutate: (mesh) => mesh.remove('PersistentVolumeClaim', 'models') },
  // the mesh
  {
    code: 'MM401',
    mistake: 'no label on the namespace',
    mutate: (mesh) => {
      // ModelMesh takes the namespace of its controller without a label, and that may be the one of this name.
      for (const object of mesh.objects) {
        if (object.kind === 'Namespace') object.metadata = { name: 'team' };
        else object.metadata.namespace = 'team';
      }
    },
  },
  {
    code: 'MM402',
    mistake: 'a label in capitals',
    mutate: (mesh) => (mesh.get('Namespace', NAMESPACE).metadata.labels['modelmesh-enabled'] = 'True'),
  },
  {
    code: 'MM406',
    mistake: 'a Service with the label of ModelMesh',
    mutate: (mesh) =>
      mesh.add({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'mine', namespace: NAMESPACE, labels: { 'modelmesh-service': 'modelmesh-serving' } },
        spec: { selector: { 'modelmesh-service': 'modelmesh-serving' }, ports: [{ name: 'grpc', port: 8033 }] },
      }),
  },
  { code: 'MM409', mistake: 'no name for a Service', mutate: (mesh) => mesh.add(config('inferenceServiceName: Bad_Name\n')) },
  { code: 'MM417', mistake: 'a blank in an address', mutate: (mesh) => mesh.add(config('payloadProcessors: ["http://a b"]\n')) },
  { code: 'MM431', mistake: 'no certificate', mutate: (mesh) => mesh.add(config('tls: { secretName: tls }\n')) },
  {
    code: 'MM442',
    mistake: 'a connection to etcd that is no JSON',
    mutate: (mesh) =>
      mesh.add({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'model-serving-etcd', namespace: 'modelmesh-controller' },
        stringData: { etcd_connection: 'etcd.modelmesh-controller:2379' },
      }),
  },
  // routing
  {
    code: 'MM503',
    mistake: 'a port that ModelMesh does not have',
    mutate: (mesh) => (route(mesh).route[0].destination.port.number = 8034),
  },
  {
    code: 'MM508',
    mistake: 'a catch-all first',
    mutate: (mesh) => {
      const { http } = mesh.get('VirtualService', 'routes').spec;
      http.unshift({ route: structuredClone(http[0].route) });
    },
  },
  {
    code: 'MM513',
    mistake: 'a host that no gateway lets in',
    mutate: (mesh) => {
      mesh.get('Gateway', 'grpc-gateway').spec.servers[0].hosts = ['a.example.com'];
      mesh.get('VirtualService', 'routes').spec.hosts = ['b.example.com'];
    },
  },
  {
    code: 'MM516',
    mistake: 'Maglev without a table',
    mutate: (mesh) =>
      mesh.add({
        apiVersion: 'networking.istio.io/v1beta1',
        kind: 'DestinationRule',
        metadata: { name: 'other', namespace: NAMESPACE },
        spec: { host: 'other.example.com', trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: 'model', maglev: {} } } } },
      }),
  },
  { code: 'MM521', mistake: 'a subset of nobody', mutate: (mesh) => (route(mesh).route[0].destination.subset = 'v1') },
  { code: 'MM526', mistake: 'ASM extensions on Istio', mutate: () => undefined, platform: MeshPlatform.istio('1.24') },
  { code: 'MM527', mistake: 'two sorts of load balancer', mutate: (mesh) => (loadBalancer(mesh).simple = 'ROUND_ROBIN') },
  {
    code: 'MM551',
    mistake: '17 rules',
    mutate: (mesh) =>
      mesh.add({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GRPCRoute',
        metadata: { name: 'routes', namespace: NAMESPACE },
        spec: {
          parentRefs: [{ name: 'elsewhere', namespace: 'gateways' }],
          rules: Array.from({ length: 17 }, () => ({ backendRefs: [{ name: 'modelmesh-serving', port: 8033 }] })),
        },
      }),
  },
  {
    code: 'MM554',
    mistake: 'a backend without port',
    mutate: (mesh) =>
      mesh.add({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GRPCRoute',
        metadata: { name: 'routes', namespace: NAMESPACE },
        spec: { parentRefs: [{ name: 'elsewhere', namespace: 'gateways' }], rules: [{ backendRefs: [{ name: 'modelmesh-serving' }] }] },
      }),
  },
  // delivery
  {
    code: 'MM603',
    mistake: 'a version that ASM does not serve',
    mutate: (mesh) => (mesh.get('Gateway', 'grpc-gateway').apiVersion = 'networking.istio.io/v1'),
    platform: MeshPlatform.asm(),
  },
  {
    code: 'MM607',
    mistake: 'a hook of nobody',
    mutate: (mesh) => (annotations(mesh, 0)['argocd.argoproj.io/hook'] = 'AfterSync'),
  },
];

/** The codes of the errors after one change, each once. */
function errorsAfter({ mutate, platform }: Mutation): string[] {
  const mesh = validMesh();
  mutate(mesh);
  const set = new ManifestSet(
    mesh.objects.map((object) => new Manifest(object)),
    { platform },
  );
  const errors = runChecks(set, CATALOGUE).filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ code }) => code))];
}

test.each(MUTATIONS)('$mistake gives $code and no other error', (mutation) => {
  expect(errorsAfter(mutation)).toEqual([mutation.code]);
});

test('at least 40 rules are broken, each by a change of its own', () => {
  expect(new Set(MUTATIONS.map(({ code }) => code)).size).toBeGreaterThanOrEqual(40);
});
