import { parseAllDocuments, stringify } from 'yaml';
import type { Case } from './case';

/** A mesh in which all is well: a runtime behind a built-in adapter, one with a puller, and a model on a claim. */
const BASE = `apiVersion: v1
kind: Secret
metadata: { name: storage-config, namespace: modelmesh-serving }
stringData:
  models: '{"type": "pvc", "name": "models"}'
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: models, namespace: modelmesh-serving }
spec:
  accessModes: [ReadWriteMany]
  resources: { requests: { storage: 1Gi } }
---
apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: adapted, namespace: modelmesh-serving }
spec:
  multiModel: true
  grpcEndpoint: port:8085
  grpcDataEndpoint: port:8001
  protocolVersions: [grpc-v2]
  supportedModelFormats: [{ name: onnx, version: '1', autoSelect: true }]
  builtInAdapter: { serverType: triton, runtimeManagementPort: 8001, memBufferBytes: 134217728, modelLoadingTimeoutMillis: 90000 }
  containers:
    - name: triton
      image: example.com/triton:23.04
      command: [tritonserver]
      resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { cpu: '5', memory: 1Gi } }
---
apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: plain, namespace: modelmesh-serving }
spec:
  multiModel: true
  grpcEndpoint: port:8085
  supportedModelFormats: [{ name: plain, version: '1', autoSelect: true }]
  containers:
    - name: server
      image: example.com/server:1.0
      env: [{ name: VERBOSE, value: 'on' }]
      ports: [{ name: admin, containerPort: 9000 }]
      volumeMounts: [{ name: scratch, mountPath: /scratch }]
      resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { cpu: '5', memory: 1Gi } }
  volumes: [{ name: scratch, emptyDir: {} }]
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: model
  namespace: modelmesh-serving
  annotations: { serving.kserve.io/deploymentMode: ModelMesh }
spec:
  predictor:
    model:
      modelFormat: { name: onnx, version: '1' }
      storage: { key: models, path: mnist }
`;

type Path = (string | number)[];
const DOCUMENTS = { secret: 0, claim: 1, adapted: 2, plain: 3, model: 4 } as const;
type Target = keyof typeof DOCUMENTS;

/** The value of a field that is removed. */
const NONE = Symbol('removed');

const container: Path = ['spec', 'containers', 0];
const predictor: Path = ['spec', 'predictor'];
const modelSpec: Path = [...predictor, 'model'];
const annotation = (key: string): Path => ['metadata', 'annotations', `serving.kserve.io/${key}`];

/** Which field of which object takes which values, one at a time. */
const FIELDS: readonly (readonly [Target, Path, readonly unknown[]])[] = [
  ['adapted', ['spec', 'grpcEndpoint'], ['8085', 'tcp:8085', 'port:abc', 'port:99999', 'port:0', 'port:', 'unix:/x.sock', 'Port:8085', ' port:8085', '']],
  ['adapted', ['spec', 'grpcDataEndpoint'], [NONE, '8001', 'port:abc', 'port:99999', 'unix:/x.sock', 'port:8085', '']],
  ['adapted', ['spec', 'builtInAdapter', 'serverType'], [NONE, '', 'Triton', 'mlserver', 'ovms', 'foo', 5]],
  ['adapted', ['spec', 'builtInAdapter', 'runtimeManagementPort'], [NONE, 0, 70000, -1, '8001', 8085]],
  ['adapted', ['spec', 'builtInAdapter', 'memBufferBytes'], [NONE, -1, 3000000000, 9300000000000000000000, 1.5, '128Mi']],
  ['adapted', ['spec', 'builtInAdapter', 'modelLoadingTimeoutMillis'], [NONE, 0, -1, 3000000000]],
  ['adapted', ['spec', 'builtInAdapter', 'env'], [[], [{ name: 'A B', value: 'x' }], [{ name: '', value: 'x' }], [{ value: 'x' }], [{ name: 'A', value: 1 }], [{ name: 'A', valueFrom: {} }], [{ name: 'A', value: 'a' }, { name: 'A', value: 'b' }]]],
  ['adapted', ['spec', 'protocolVersions'], [NONE, [], ['v1'], ['grpc-v1', 'grpc-v2'], 'grpc-v2', [1]]],
  ['adapted', ['spec', 'supportedModelFormats'], [NONE, [], [{}], [{ name: 'onnx' }], [{ name: 'onnx', autoSelect: true }], [{ name: 'onnx', version: 1, autoSelect: true }], [{ name: 'onnx', version: '2', autoSelect: true }], [{ name: 'ONNX', version: '1', autoSelect: true }], [{ name: 'onnx', version: '1', autoSelect: 'true' }], [{ name: 'onnx:1', autoSelect: true }], [{ version: '1', autoSelect: true }], [{ name: 'onnx', version: '1', autoSelect: true, priority: 0 }]]],
  ['adapted', ['spec', 'multiModel'], [NONE, false, 'true', 1]],
  ['adapted', ['spec', 'disabled'], [true, false, 'yes']],
  ['adapted', ['spec', 'replicas'], [0, 1, 3, -1, 65535, 65536, 70000, '2', 1.5]],
  ['adapted', ['spec', 'containers'], [NONE, [], [{}], 'triton']],
  ['adapted', [...container, 'name'], [NONE, '', 'Triton', 'server', 'mm']],
  ['adapted', [...container, 'image'], [NONE, '', ' ', 'x y']],
  ['adapted', [...container, 'resources'], [NONE, {}, { requests: { memory: '1Gi' } }, { limits: { memory: '1Gi' } }, { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } }, { requests: { memory: '1Gb' } }, { requests: { memory: -1 } }, { requests: { memory: '' } }, { limits: { gpu: 1 } }, { limits: { 'nvidia.com/gpu': 1 } }, { limits: { 'nvidia.com/gpu': '500m' } }, { requests: { 'nvidia.com/gpu': 1 } }, { claims: [{ name: 'x' }] }]],
  ['adapted', ['spec', 'httpDataEndpoint'], ['http://x', 'port:1', '']],
  ['adapted', ['spec', 'storageHelper'], [{}, { disabled: true }, { disabled: 'x' }]],
  ['adapted', ['metadata', 'name'], ['Adapted', 'a_b', 'a.b', 'a'.repeat(45), 'a'.repeat(46), '1', 'plain']],
  ['adapted', annotation('autoscalerClass'), ['hpa', 'HPA', 'none', 'external', '']],
  ['adapted', annotation('targetUtilizationPercentage'), ['0', '100', '101', 'abc', '50.5', '']],
  ['adapted', annotation('metrics'), ['cpu', 'memory', 'rps', '']],
  ['adapted', annotation('min-scale'), ['0', '1', 'abc', '5']],
  ['adapted', annotation('max-scale'), ['0', '3', 'abc', '-1']],
  ['adapted', annotation('productConfig'), ['nope', '']],
  ['plain', ['spec', 'grpcEndpoint'], ['8085', 'tcp:8085', 'port:abc', 'port:99999', 'unix:/x/y.sock', 'unix:x.sock', 'unix:///x/y.sock', 'unix:', 'port:08085', 'port:8085 ', '']],
  ['plain', ['spec', 'grpcDataEndpoint'], ['port:9001', '9001', 'unix:/x/y.sock', 'port:abc', '']],
  ['plain', ['spec', 'storageHelper'], [{}, { disabled: true }]],
  ['plain', ['spec', 'labels'], [{ app: 'x' }, { 'modelmesh-service': 'x' }, { name: 'x' }, { 'a b': 'x' }, { a: 'x y' }, { a: 'x'.repeat(64) }, { a: true }, { 'app.kubernetes.io/managed-by': 'me' }, { 'app.kubernetes.io/instance': 'me' }, { 'app.kubernetes.io/name': 'me' }]],
  ['plain', ['spec', 'annotations'], [{ a: 'x' }, { 'a b': 'x' }, { a: 1 }, { 'x/y/z': 'a' }]],
  ['plain', ['spec', 'nodeSelector'], [{ a: 'b' }, { 'a b': 'c' }, { a: 'b c' }]],
  ['plain', ['spec', 'tolerations'], [[{}], [{ operator: 'Exists' }], [{ key: 'a', operator: 'Exists', value: 'b' }], [{ operator: 'Equal' }], [{ key: 'a', operator: 'equal' }], [{ key: 'a', effect: 'NoRun' }], [{ key: 'a b' }], [{ key: 'a', tolerationSeconds: 5 }], [{ key: 'a', effect: 'NoExecute', tolerationSeconds: 5 }]]],
  ['plain', ['spec', 'affinity'], [{}, { nodeAffinity: {} }, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } }, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] }] } } }, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }] } } }, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { a: 'b' } } }] } }, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: { matchLabels: { a: 'b c' } } }] } }]],
  ['plain', ['spec', 'imagePullSecrets'], [[{ name: 'x' }], [{}], ['x']]],
  ['plain', ['spec', 'hostIPC'], [true]],
  ['plain', ['spec', 'volumes'], [NONE, [], [{ name: 'scratch' }], [{ emptyDir: {} }], [{ name: 'scratch', emptyDir: {}, hostPath: { path: '/x' } }], [{ name: 'scratch', emptyDir: {} }, { name: 'scratch', emptyDir: {} }], [{ name: 'Scratch', emptyDir: {} }], [{ name: 'scratch', secret: {} }], [{ name: 'scratch', configMap: {} }], [{ name: 'scratch', hostPath: {} }], [{ name: 'scratch', persistentVolumeClaim: {} }], [{ name: 'scratch', emptyDir: { sizeLimit: '1Gb' } }], [{ name: 'scratch', emptyDir: { sizeLimit: '-1' } }], [{ name: 'scratch', emptyDir: { medium: 'RAM' } }], [{ name: 'scratch', emptyDir: {} }, { name: 'domain-socket', emptyDir: {} }], [{ name: 'scratch', emptyDir: {} }, { name: 'tls-certs', emptyDir: {} }], [{ name: 'scratch', emptyDir: {} }, { name: 'mm-x', emptyDir: {} }], [{ name: 'scratch', emptyDir: {} }, { name: 'models', emptyDir: {} }], [{ name: 'scratch', hostPath: { path: '/x', type: 'Dir' } }], [{ name: 'scratch', hostPath: { path: '/x/../y' } }], [{ name: 'scratch', projected: {} }], [{ name: 'scratch', downwardAPI: { items: [{ path: 'x' }] } }], [{ name: 'scratch', configMap: { name: 'x', defaultMode: 777 } }], [{ name: 'scratch', csi: { driver: '' } }], [{ name: 'scratch', nfs: { server: 'x', path: 'y' } }]]],
  ['plain', ['spec', 'containers'], [[{ name: 'a', image: 'a:1' }, { name: 'a', image: 'b:1' }], [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }]]],
  ['plain', [...container, 'name'], ['puller', 'rest-proxy', 'mm', 'mm-x', 'Server', 'a.b', 'a'.repeat(64), '-a', 'server-adapter']],
  ['plain', [...container, 'env'], [[], [{ name: 'A B', value: 'x' }], [{ name: 'A=B', value: 'x' }], [{ name: '', value: 'x' }], [{ name: '1A', value: 'x' }], [{ name: 'A', value: true }], [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }], [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.foo' } } }], [{ name: 'A', valueFrom: { secretKeyRef: { name: 'x' } } }], [{ name: 'A', valueFrom: { secretKeyRef: { key: 'x' } } }], [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'a b' } } }], [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'requests.memory' } } }], [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'memory' } } }], [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' }, secretKeyRef: { name: 'x', key: 'y' } } }]]],
  ['plain', [...container, 'envFrom'], [[{}], [{ secretRef: {} }], [{ secretRef: { name: 'x' } }], [{ secretRef: { name: 'X Y' } }], [{ prefix: 'a b', secretRef: { name: 'x' } }], [{ prefix: '1', configMapRef: { name: 'x' } }]]],
  ['plain', [...container, 'ports'], [[], [{ containerPort: 0 }], [{ containerPort: 70000 }], [{ containerPort: '9000' }], [{}], [{ containerPort: 8080 }], [{ containerPort: 8085 }], [{ containerPort: 8089 }], [{ containerPort: 8090 }], [{ containerPort: 8033 }], [{ containerPort: 8008 }], [{ containerPort: 2112 }], [{ containerPort: 11880 }], [{ containerPort: 11881 }], [{ containerPort: 11899 }], [{ containerPort: 11900 }], [{ name: 'grpc', containerPort: 9000 }], [{ name: 'http', containerPort: 9000 }], [{ name: 'prometheus', containerPort: 9000 }], [{ name: 'mm-x', containerPort: 9000 }], [{ name: 'a-very-long-port', containerPort: 9000 }], [{ name: 'Admin', containerPort: 9000 }], [{ name: '123', containerPort: 9000 }], [{ name: 'a--b', containerPort: 9000 }], [{ name: 'a', containerPort: 9000 }, { name: 'a', containerPort: 9001 }], [{ containerPort: 9000 }, { containerPort: 9000, protocol: 'UDP' }], [{ containerPort: 9000 }, { containerPort: 9000 }], [{ containerPort: 9000, protocol: 'tcp' }], [{ containerPort: 9000, hostPort: 70000 }], [{ containerPort: 9000, hostPort: 9000 }]]],
  ['plain', [...container, 'volumeMounts'], [[], [{ name: 'nope', mountPath: '/x' }], [{ name: 'scratch' }], [{ mountPath: '/x' }], [{ name: 'scratch', mountPath: '' }], [{ name: 'scratch', mountPath: 'x' }], [{ name: 'scratch', mountPath: '/x:y' }], [{ name: 'scratch', mountPath: '/models' }], [{ name: 'scratch', mountPath: '/models/' }], [{ name: 'scratch', mountPath: '/models/x' }], [{ name: 'scratch', mountPath: '/x' }, { name: 'scratch', mountPath: '/x' }], [{ name: 'scratch', mountPath: '/x' }, { name: 'scratch', mountPath: '/y' }], [{ name: 'models-dir', mountPath: '/x' }], [{ name: 'models-dir', mountPath: '/models' }], [{ name: 'storage-config', mountPath: '/x' }], [{ name: 'etcd-config', mountPath: '/x' }], [{ name: 'tc-config', mountPath: '/x' }], [{ name: 'scratch', mountPath: '/x', subPath: '/y' }], [{ name: 'scratch', mountPath: '/x', subPath: '../y' }], [{ name: 'scratch', mountPath: '/x', subPath: 'y', subPathExpr: 'z' }], [{ name: 'scratch', mountPath: '/x', mountPropagation: 'Both' }], [{ name: 'scratch', mountPath: '/x', mountPropagation: 'Bidirectional' }]]],
  ['plain', [...container, 'resources'], [NONE, { requests: { memory: '1Gi', cpu: 0.5 } }, { requests: { memory: '1Gi' }, limits: { memory: '512Mi' } }, { requests: { memory: '1gi' } }, { requests: { memory: '1 Gi' } }, { requests: { memory: '-1Gi' } }, { requests: { cpu: '0.0001' } }, { requests: { 'hugepages-2Mi': '2Mi' } }, { requests: { 'ephemeral-storage': '1Gi' } }, { requests: { 'example.com/x': 1 }, limits: { 'example.com/x': 2 } }, { limits: { foo: 1 } }]],
  ['plain', [...container, 'readinessProbe'], [{}, { tcpSocket: { port: 9000 } }]],
  ['plain', [...container, 'lifecycle'], [{}, { preStop: { exec: { command: ['x'] } } }]],
  ['plain', [...container, 'livenessProbe'], [{}, { tcpSocket: { port: 9000 } }, { tcpSocket: { port: 0 } }, { tcpSocket: { port: 'admin' } }, { tcpSocket: { port: 'nope' } }, { tcpSocket: { port: 70000 } }, { tcpSocket: {} }, { httpGet: { path: '/x' } }, { httpGet: { port: 9000, scheme: 'http' } }, { exec: {} }, { exec: { command: [] } }, { exec: { command: ['x'] }, tcpSocket: { port: 1 } }, { tcpSocket: { port: 9000 }, periodSeconds: -1 }, { tcpSocket: { port: 9000 }, successThreshold: 2 }, { grpc: { port: 9000 } }, { grpc: {} }, { tcpSocket: { port: 9000 }, terminationGracePeriodSeconds: 0 }]],
  ['plain', [...container, 'startupProbe'], [{ exec: { command: ['x'] } }, { exec: { command: ['x'] }, successThreshold: 2 }, {}]],
  ['plain', [...container, 'imagePullPolicy'], ['Always', 'always', '']],
  ['plain', [...container, 'securityContext'], [{}, { privileged: true }, { privileged: true, allowPrivilegeEscalation: false }, { runAsUser: -1 }, { runAsUser: 'root' }, { capabilities: { add: ['SYS_ADMIN'] } }, { capabilities: { add: ['SYS_ADMIN'] }, allowPrivilegeEscalation: false }, { seccompProfile: { type: 'Foo' } }, { seccompProfile: { type: 'Localhost' } }, { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'x' } }, { procMount: 'x' }, { runAsNonRoot: true, runAsUser: 0 }, { windowsOptions: { runAsUserName: 'x' } }]],
  ['plain', [...container, 'terminationMessagePolicy'], ['File', 'file', '']],
  ['plain', [...container, 'terminationMessagePath'], ['/x', 'x']],
  ['plain', [...container, 'workingDir'], ['x', '/x']],
  ['plain', [...container, 'command'], [[], 'x', [1], ['']]],
  ['plain', [...container, 'args'], [[true], ['a']]],
  ['plain', [...container, 'stdin'], [true, 'x']],
  ['plain', [...container, 'volumeDevices'], [[{ name: 'scratch', devicePath: '/x' }], [{ name: 'x' }]]],
  ['plain', [...container, 'foo'], ['x']],
  ['plain', [...container, 'resizePolicy'], [[{ resourceName: 'cpu', restartPolicy: 'NotRequired' }]]],
  ['plain', ['spec', 'foo'], ['x']],
  ['plain', ['spec', 'supportedModelFormats', 0, 'foo'], ['x']],
  ['plain', ['metadata', 'labels'], [{ a: 'b' }, { a: 'b c' }, { 'a b': 'c' }, { a: 1 }]],
  ['model', annotation('deploymentMode'), [NONE, 'modelmesh', 'Serverless', 'RawDeployment', '', 'ModelMesh ']],
  ['model', ['metadata', 'name'], ['a.b', '1abc', 'A', 'a'.repeat(64)]],
  ['model', [...modelSpec, 'modelFormat'], [NONE, {}, { name: 'onnx' }, { name: 'ONNX' }, { name: 'onnx', version: '2' }, { name: 'onnx', version: 1 }, { name: 'onnx', version: '' }, { name: 'onnx', version: '1.0' }, { name: 'onnx:1' }, { name: '' }, { name: 'plain' }, { name: 'a|b' }, { version: '1' }, 'onnx']],
  ['model', [...modelSpec, 'runtime'], ['adapted', 'plain', 'nope', '', 'Adapted', ' adapted']],
  ['model', [...modelSpec, 'protocolVersion'], ['v1', 'v2', 'grpc-v1', 'grpc-v2', 'grpc-V2', '']],
  ['model', [...modelSpec, 'storageUri'], ['s3://b/p']],
  ['model', [...modelSpec, 'storage'], [NONE, {}, { path: '' }, { key: 'models' }, { path: 5 }, { path: 'x', parameters: { a: 'b' } }, { path: 'x', parameters: { a: 1 } }, { path: 'x', foo: 'y' }, { path: 'x', schemaPath: 'y' }]],
  ['model', [...modelSpec], [NONE, {}, { modelFormat: { name: 'onnx' }, storageUri: 'pvc://models/x' }, { modelFormat: { name: 'onnx' }, storageUri: 's3://b/p' }, { modelFormat: { name: 'onnx' }, storageUri: 'gs://b/p' }, { modelFormat: { name: 'onnx' }, storageUri: 'https://x/p' }, { modelFormat: { name: 'onnx' }, storageUri: 'S3://b/p' }, { modelFormat: { name: 'onnx' }, storageUri: 'hdfs://b/p' }, { modelFormat: { name: 'onnx' }, storageUri: 'file:///p' }, { modelFormat: { name: 'onnx' }, storageUri: 'x/y' }, { modelFormat: { name: 'onnx' }, storageUri: '' }, { modelFormat: { name: 'onnx' }, storageUri: 's3://a b/c' }, { modelFormat: { name: 'onnx' }, storageUri: 's3://b/%zz' }, { modelFormat: { name: 'onnx' }, storageUri: 'https://x:y/p' }, { modelFormat: { name: 'onnx' }, storageUri: ':' }, { modelFormat: { name: 'onnx' }, storageUri: 'pvc://models/a?b#c' }, { modelFormat: { name: 'onnx' }, storageUri: 'pvc://Models/x' }]],
  ['model', [...predictor, 'onnx'], [{}, { storageUri: 'pvc://models/x' }]],
  ['model', [...predictor, 'sklearn'], [{ storageUri: 'pvc://models/x' }]],
  ['model', [...predictor, 'minReplicas'], [1, '1', 3000000000]],
  ['model', [...predictor, 'containers'], [[], [{ name: 'a', image: 'b' }], [{ image: 'b' }]]],
  ['model', predictor, [NONE, {}, { onnx: { storageUri: 'pvc://models/x' } }, { onnx: {} }, { sklearn: { storageUri: 'pvc://models/x' } }, { onnx: { storageUri: 'pvc://models/x', protocolVersion: 'v1' } }, { containers: [{ name: 'a', image: 'b' }] }, { onnx: { storage: { path: 'x' } } }]],
  ['model', annotation('servingRuntime'), ['adapted', 'nope']],
  ['model', ['spec', 'foo'], ['x']],
  ['model', ['spec'], [NONE, {}]],
  ['model', ['apiVersion'], ['serving.kserve.io/v1alpha1', 'serving.kserve.io/v1', 'v1beta1']],
  ['secret', ['stringData', 'models'], ['{"type": "pvc", "name": "models"', '{"type": "pvc", "name": 5}', '[]', '""', '"x"', '', 'null', '{}', '{"type": null}', '{"type": "pvc", "name": "models", "x": true}', '{"type": "pvc", "name": "a.b"}', '{"type": "pvc", "name": "models-dir"}', '{"type": "pvc", "name": "storage-config"}', '{"type": "pvc", "name": "tc-config"}', '{"type": "pvc", "name": "scratch"}', '{"type": "pvc", "name": "Models"}', '{"type": "pvc", "name": " models"}', '{"type": "pvc", "name": "' + 'a'.repeat(64) + '"}', '{"type":"pvc","name":"models"} x', "{'type': 'pvc'}", '{"type":"pvc","name":"models",}', '{"Type":"pvc","Name":"x.y"}', '{"type":"pvc","name":"models","name":"a.b"}', 5, true]],
  ['secret', ['stringData'], [{ 'a b': '{}' }, { a: '{}', 'b.c-d_e': '{}' }]],
  ['secret', ['data'], [{ x: 'e30=' }, { x: 'abc' }, { x: 'e30' }, { x: '' }, { x: 'W10=' }]],
  ['claim', ['spec', 'accessModes'], [NONE, [], ['ReadWriteOnce'], ['RWX']]],
  ['claim', ['spec', 'resources'], [NONE, {}, { requests: { storage: '1Gb' } }, { requests: { storage: 0 } }, { requests: { storage: -1 } }, { requests: { storage: '1.5Gi' } }, { requests: { storage: 'ten' } }]],
  ['claim', ['spec', 'storageClassName'], ['', 'X Y', 'fast']],
  ['claim', ['spec', 'volumeMode'], ['block', 'Block']],
];

/** The base, and the base with one field changed at a time. */
export function mutations(): Case[] {
  const changed = FIELDS.flatMap(([target, path, values]) => values.map((value) => mutate(target, path, value)));
  return [{ name: 'the base', yaml: BASE, options: [] }, ...changed];
}

function mutate(target: Target, path: Path, value: unknown): Case {
  const documents = parseAllDocuments(BASE);
  const document = documents[DOCUMENTS[target]]!;
  if (value === NONE) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  const shown = value === NONE ? 'removed' : JSON.stringify(value);
  return {
    name: `${target}.${path.join('.')} ${shown}`,
    yaml: documents.map((each) => stringify(each.toJS(), { version: '1.1' })).join('---\n'),
    options: [],
  };
}
