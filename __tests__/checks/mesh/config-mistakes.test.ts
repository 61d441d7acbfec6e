import { CATALOGUE } from '../../../lib/checks/catalogue';
import { MM410 } from '../../../lib/checks/mesh/mm410-config-requests-above-limits';
import { MM411 } from '../../../lib/checks/mesh/mm411-config-key-missing';
import { MM413 } from '../../../lib/checks/mesh/mm413-config-key-unknown';
import { MM415 } from '../../../lib/checks/mesh/mm415-config-number-range';
import { MM416 } from '../../../lib/checks/mesh/mm416-config-quantity';
import { MM436 } from '../../../lib/checks/mesh/mm436-config-name';
import { MM437 } from '../../../lib/checks/mesh/mm437-config-entry-without-name';
import { MM418 } from '../../../lib/checks/mesh/mm418-runtime-pod-label-reserved';
import { MM419 } from '../../../lib/checks/mesh/mm419-runtime-pod-key-case';
import { MM420 } from '../../../lib/checks/mesh/mm420-runtime-pod-metadata-invalid';
import { MM421 } from '../../../lib/checks/mesh/mm421-mesh-variable-of-pod';
import { MM425 } from '../../../lib/checks/mesh/mm425-no-pods-per-runtime';
import { MM428 } from '../../../lib/checks/mesh/mm428-config-twice';
import { MM429 } from '../../../lib/checks/mesh/mm429-config-port-clash';
import { MM430 } from '../../../lib/checks/mesh/mm430-service-account-missing';
import { findingsIn, messagesOf } from '../../support/checks';

const config = (text: string, where = 'c'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: ${where} }\ndata: { config.yaml: ${JSON.stringify(text)} }\n---\n`;
const runtime = (name: string, spec = ''): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: ${name}, namespace: mesh }\nspec: { multiModel: true${spec} }\n---\n`;

const FULL = `
inferenceServiceName: my-mesh
inferenceServicePort: 8033
headlessService: true
podsPerRuntime: 3
modelMeshImage: { name: kserve/modelmesh, tag: v0.12.0, digest: "", command: [] }
modelMeshResources: { requests: { cpu: 1, memory: 1Gi }, limits: { cpu: "3", memory: 1Gi } }
restProxy: { enabled: true, port: 8008, skipVerify: true, image: { tag: v0.12.0 } }
storageHelperResources: { limits: { memory: 1Gi } }
storageSecretName: storage-config
metrics: { enabled: true, port: 2112, scheme: https, disablePrometheusOperatorSupport: false }
scaleToZero: { enabled: true, gracePeriodSeconds: 60 }
grpcMaxMessageSizeBytes: 33554432
tls: { secretName: "", clientAuth: "" }
enableAccessLogging: false
builtInServerTypes: [triton, mlserver, ovms, torchserve]
payloadProcessors: ["logger:///*?modelId"]
runtimePodLabels: { team: a }
runtimePodAnnotations: { example.com/team: a }
imagePullSecrets: [{ name: pull }]
allowAnyPVC: true
internalModelMeshEnvVars: [{ name: MM_METRICS, value: "prometheus:port=2112;per_model_metrics=true" }]
`;

test('a configuration with every setting is fine', () => {
  expect(
    findingsIn(
      config(FULL),
      '',
      CATALOGUE.filter(({ code }) => code.startsWith('MM4')),
    ),
  ).toEqual([]);
});

test.each(['', '{}', '# nothing yet', 'podsPerRuntime:'])('the configuration %j is fine', (text) => {
  expect(
    findingsIn(
      config(text),
      '',
      CATALOGUE.filter(({ code }) => code.startsWith('MM4')),
    ),
  ).toEqual([]);
});

test.each(['{', '[1]', '1', '*x', 'a: &a [*a]', 'runtimePodLabels: 1\ntls: [1]\nmetrics: x\nimagePullSecrets: 3'])(
  'no check fails for the configuration %j',
  (text) => {
    expect(() => findingsIn(`${config(text)}${runtime('r')}`)).not.toThrow();
  },
);

test('a ConfigMap without data lacks the key', () => {
  expect(messagesOf(MM411, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config }')).toEqual([
    "data['config.yaml'] is missing: the controller does not start, or keeps the settings that it had; put all settings below this key, as one text",
  ]);
});

test('an unknown setting without a likely meaning is to be removed', () => {
  expect(messagesOf(MM413, config('somethingElse: 1\nMETRICS: { prt: 1 }'))).toEqual([
    "setting 'somethingElse' is not known: ModelMesh's controller ignores it without a word; remove it",
    "setting 'metrics.prt' is not known: ModelMesh's controller ignores it without a word; did you mean 'port'?",
  ]);
});

test.each([
  ['podsPerRuntime: -1', 'podsPerRuntime is -1: the controller takes 65535 instead; use a number from 0 to 65535'],
  ['podsPerRuntime: "70000"', 'podsPerRuntime is 70000: it cannot be used; use a number from 0 to 65535'],
  ['inferenceServicePort: 0', 'inferenceServicePort is 0: it cannot be used; use a number from 1 to 65535'],
  ['metrics: { port: 65536 }', 'metrics.port is 65536: the controller takes 0 instead; use a number from 1 to 65535'],
])('%s is out of range', (text, message) => {
  expect(messagesOf(MM415, config(text))).toEqual([message]);
});

test('a limit below the shipped request is reported too', () => {
  expect(messagesOf(MM410, config('restProxy: { resources: { limits: { memory: 64Mi } } }'))).toEqual([
    "restProxy.resources.requests.memory is '96Mi', more than the limit of '64Mi': no runtime gets a Deployment; raise restProxy.resources.limits.memory, or lower the request",
  ]);
});

test('labels that Deployments select by are found in any case, and the same value of the Service label is fine', () => {
  expect(messagesOf(MM418, config('runtimePodLabels: { Name: x, modelmesh-service: other }'))).toEqual([
    "runtimePodLabels has the label 'name': the selector of every runtime's Deployment no longer matches its pods, so no runtime is made or changed; remove it",
    "runtimePodLabels has the label 'modelmesh-service': the selector of every runtime's Deployment no longer matches its pods, so no runtime is made or changed; remove it",
  ]);
  expect(messagesOf(MM418, config('runtimePodLabels: { modelmesh-service: modelmesh-serving, app.kubernetes.io/managed-by: me }'))).toEqual(
    [],
  );
});

test('capitals in values are fine, and in the keys of labels are not', () => {
  expect(messagesOf(MM419, config('runtimePodLabels: { Team: A, other: B }'))).toEqual([
    "runtimePodLabels has the key 'Team': the controller reads it in lower case, and the pods get 'team'; put it into spec.labels of every runtime",
  ]);
});

test('a key that is not valid is reported for labels and for annotations', () => {
  expect(
    messagesOf(
      MM420,
      config('runtimePodLabels: { "a b": c, flag: true, size: 3 }\nruntimePodAnnotations: { "a/b/c": d, ok: "any text: & all" }'),
    ),
  ).toEqual([
    "runtimePodLabels: label key 'a b' is not valid, so that no runtime gets a Deployment: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "runtimePodAnnotations: name 'b/c' of annotation key 'a/b/c' is not valid, so that no runtime gets a Deployment: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
  ]);
});

test('a pod variable with an empty value is no conflict', () => {
  expect(messagesOf(MM421, config('internalModelMeshEnvVars: [{ name: MM_LOCATION, value: "" }, { name: MM_LOCATION }]'))).toEqual([]);
  expect(messagesOf(MM421, config('internalModelMeshEnvVars: [{ name: MM_LOCATION, value: zone-a }]'))).toHaveLength(1);
});

test('podsPerRuntime 0 is fine when every runtime says how many pods it has', () => {
  expect(messagesOf(MM425, `${config('podsPerRuntime: 0')}${runtime('r', ', replicas: 2')}`)).toEqual([]);
  expect(messagesOf(MM425, `${config('podsPerRuntime: 0')}${runtime('r', ', replicas: 2')}${runtime('s')}`)).toHaveLength(1);
});

test('of two configurations the one outside of the namespace of the controller is not read', () => {
  const controller = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: modelmesh-controller, namespace: b }\n---\n';
  const twice = `${config('{}', 'a')}${config('{}', 'b')}`;
  expect(findingsIn(twice, '', [MM428]).map(({ object }) => object)).toEqual(["ConfigMap 'b/model-serving-config'"]);
  expect(findingsIn(`${twice}${controller}`, '', [MM428]).map(({ object }) => object)).toEqual(["ConfigMap 'a/model-serving-config'"]);
});

test('ports of what is switched off do not clash', () => {
  expect(messagesOf(MM429, config('inferenceServicePort: 8008\nrestProxy: { enabled: false }'))).toEqual([]);
  expect(messagesOf(MM429, config('inferenceServicePort: 2112\nmetrics: { enabled: false }'))).toEqual([]);
  expect(messagesOf(MM429, config('restProxy: { port: 2112 }'))).toEqual([
    'metrics.port is 2112, which is used by restProxy.port: the Service of the mesh cannot be made, or its pods do not start; choose another port',
  ]);
});

test('a ServiceAccount that others make, or that every namespace has, is not missing', () => {
  const yaml = `${config('serviceAccountName: sa')}${runtime('r')}`;
  expect(messagesOf(MM430, yaml)).toHaveLength(1);
  expect(messagesOf(MM430, yaml, '--existing ServiceAccount/mesh/sa')).toEqual([]);
  expect(messagesOf(MM430, `${config('serviceAccountName: default')}${runtime('r')}`)).toEqual([]);
  expect(messagesOf(MM430, `${config('podsPerRuntime: 2')}${runtime('r')}`)).toEqual([]);
});

test.each([
  ['restProxy: { port: 0 }', 'restProxy.port is 0: it cannot be used; use a number from 1 to 65535'],
  ['metrics: { port: 0 }', 'metrics.port is 0: it cannot be used; use a number from 1 to 65535'],
])('%s is no port', (text, message) => {
  expect(messagesOf(MM415, config(text))).toEqual([message]);
});

test('a negative quantity is reported', () => {
  expect(messagesOf(MM416, config('storageHelperResources: { requests: { cpu: -1 } }'))).toEqual([
    'storageHelperResources.requests.cpu is \'-1\', which is less than nothing: no runtime gets a Deployment; write it like "500m" or "448Mi"',
  ]);
});

test.each([
  ['inferenceServiceName: 5', "inferenceServiceName is '5'"],
  ['inferenceServiceName: true', "inferenceServiceName is 'true'"],
  ["serviceAccountName: '007'", "serviceAccountName is '007'"],
])('%s is no text in a Deployment', (text, what) => {
  expect(messagesOf(MM436, config(text))).toEqual([
    `${what}, which is no text any more where the controller writes it into its Deployments: no runtime gets one; use a name with a letter, other than true and false`,
  ]);
});

test('the name of a ServiceAccount must be one', () => {
  expect(messagesOf(MM436, config('serviceAccountName: X Y'))).toEqual([
    expect.stringMatching(/^serviceAccountName 'X Y' is not valid: .*; no runtime gets a Deployment$/),
  ]);
  expect(messagesOf(MM436, config('serviceAccountName: modelmesh\ninferenceServiceName: models'))).toEqual([]);
});

test.each([
  ['internalModelMeshEnvVars: [{ value: c }]', 'internalModelMeshEnvVars[0] has no name'],
  ['internalModelMeshEnvVars: { A: b }', 'internalModelMeshEnvVars[0] has no name'],
  [
    "internalModelMeshEnvVars: [{ name: A, value: b }, { name: 'A=B' }]",
    "internalModelMeshEnvVars[1] has the name 'A=B', and '=' is not allowed in it",
  ],
  ['imagePullSecrets: [{}]', 'imagePullSecrets[0] has no name'],
])('%s lacks a usable name', (text, what) => {
  expect(messagesOf(MM437, config(text))).toEqual([`${what}: no runtime gets a Deployment, or a change to one; write it as "name: NAME"`]);
});

test('empty lists and entries with names are fine', () => {
  expect(messagesOf(MM437, config('internalModelMeshEnvVars: []\nimagePullSecrets: {}'))).toEqual([]);
  expect(messagesOf(MM437, config('internalModelMeshEnvVars: [{ Name: A, Value: b }]\nimagePullSecrets: [{ name: a }]'))).toEqual([]);
});
