import { Duration } from 'cdk8s';
import { GatewayTls } from '../../lib/gateway/gateway-tls';
import { InferencePayload } from '../../lib/load-test/inference-payload';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { SmokeTest, type SmokeTestProps } from '../../lib/smoke-test/smoke-test';
import { SMOKE_TEST_SCRIPT } from '../../lib/smoke-test/smoke-test-script';
import { ModelVolume } from '../../lib/storage/model-volume';
import { ModelFormat } from '../../lib/values/model-format';
import { gatewayWith, MNIST_PAYLOAD } from '../load-test/helpers';
import { makeChart, manifestOf, problemsOf } from '../support/synth';
import { InferenceGateway } from '../../lib/gateway/inference-gateway';
import { ModelRouting } from '../../lib/routing/model-routing';

const IMAGE = 'node:24.14.0-alpine3.23@sha256:7fddd9ddeae8196abf4a3ef2de34e11f7b1a722119f91f28ddf1e99dcafdf114';

function smokeTest(props: Partial<SmokeTestProps> = {}, gatewayProps = {}) {
  const { chart, mesh, gateway } = gatewayWith(gatewayProps);
  const test = new SmokeTest(chart, 'smoke', { gateway, ...props });
  return { chart, mesh, test };
}

function problems(props: Partial<SmokeTestProps>, gatewayProps = {}): string[] {
  return problemsOf(smokeTest(props, gatewayProps).chart).map((problem) => problem.replace('[test/smoke] ', ''));
}

function settingsOf(props: Partial<SmokeTestProps> = {}, gatewayProps = {}): unknown {
  const { chart, test } = smokeTest(props, gatewayProps);
  expect(problemsOf(chart)).toEqual([]);
  return JSON.parse(manifestOf(chart, 'ConfigMap', test.jobName).data['settings.json']);
}

test('a hook that Argo CD runs after a sync, in a pod without any rights', () => {
  const { chart } = smokeTest();
  expect(problemsOf(chart)).toEqual([]);
  expect(manifestOf(chart, 'Job')).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'smoke-test',
      namespace: 'modelmesh-serving',
      annotations: { 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
    },
    spec: {
      activeDeadlineSeconds: 960,
      backoffLimit: 0,
      template: {
        metadata: {
          labels: {
            'cdk8s.io/metadata.addr': expect.stringMatching(/^test-smoke-[0-9a-f]{8}$/) as unknown,
            'istio.io/dataplane-mode': 'none',
            'sidecar.istio.io/inject': 'false',
          },
        },
        spec: {
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'smoke-test',
              image: IMAGE,
              imagePullPolicy: 'IfNotPresent',
              command: ['node', '/smoke-test/smoke-test.cjs', '/smoke-test/settings.json'],
              resources: { limits: { cpu: '1', memory: '256Mi' }, requests: { cpu: '100m', memory: '64Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              terminationMessagePolicy: 'FallbackToLogsOnError',
              volumeMounts: [{ mountPath: '/smoke-test', name: 'program', readOnly: true }],
            },
          ],
          dnsPolicy: 'ClusterFirst',
          hostNetwork: false,
          restartPolicy: 'Never',
          securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
          setHostnameAsFQDN: false,
          terminationGracePeriodSeconds: 30,
          volumes: [{ configMap: { name: 'smoke-test' }, name: 'program' }],
        },
      },
    },
  });
  expect(manifestOf(chart, 'ConfigMap', 'smoke-test').data['smoke-test.cjs']).toBe(SMOKE_TEST_SCRIPT);
});

test('asks all models of the mesh, those that are added later too', () => {
  const { chart, mesh } = smokeTest();
  mesh.addModel('later', { format: ModelFormat.SKLEARN, source: mesh.models[0]!.source });
  expect(JSON.parse(manifestOf(chart, 'ConfigMap', 'smoke-test').data['settings.json'])).toEqual({
    origin: 'http://istio-ingressgateway.istio-system:8008',
    modelHeader: 'model',
    timeoutSeconds: 300,
    requestTimeoutSeconds: 60,
    parallel: 4,
    models: [{ name: 'sklearn-mnist' }, { name: 'tf-mnist' }, { name: 'later' }],
  });
});

test('every property reaches the manifest', () => {
  const { chart, gateway } = gatewayWith({ tls: GatewayTls.mutual({ credentialName: 'gateway' }) });
  const body = '{"inputs":[{"name":"predict","shape":[1],"datatype":"FP32","contents":{"fp32_contents":[0]}}]}';
  const props: Required<SmokeTestProps> = {
    gateway,
    payloads: { 'tf-mnist': MNIST_PAYLOAD, 'sklearn-mnist': InferencePayload.json(body) },
    timeout: Duration.minutes(20),
    requestTimeout: Duration.minutes(2),
    parallel: 9,
    access: { address: 'gw.example.com:443', host: 'models.example.com', authorityConfigMapName: 'ca', clientSecretName: 'client' },
    jobName: 'all-models',
    image: 'registry.example.com/node:22.1.0',
    labels: { team: 'vision' },
    annotations: { 'example.com/note': 'yes' },
  };
  const smoke = new SmokeTest(chart, 'smoke', props);
  expect(problemsOf(chart)).toEqual([]);
  expect(smoke.jobName).toBe('all-models');
  const { metadata, data } = manifestOf(chart, 'ConfigMap', 'all-models');
  expect(metadata).toEqual({ name: 'all-models', namespace: 'modelmesh-serving', labels: { team: 'vision' } });
  expect(JSON.parse(data['settings.json'])).toEqual({
    origin: 'https://gw.example.com:443',
    host: 'models.example.com',
    modelHeader: 'model',
    authorityFile: '/tls/authority/ca.crt',
    certificateFile: '/tls/client/tls.crt',
    keyFile: '/tls/client/tls.key',
    timeoutSeconds: 1200,
    requestTimeoutSeconds: 120,
    parallel: 9,
    models: [
      { name: 'sklearn-mnist', body },
      { name: 'tf-mnist', inputs: [{ name: 'inputs', shape: [1, 784], datatype: 'FP32' }] },
    ],
  });
  const job = manifestOf(chart, 'Job');
  expect(job.metadata).toMatchObject({ name: 'all-models', labels: { team: 'vision' }, annotations: { 'example.com/note': 'yes' } });
  expect(job.spec.activeDeadlineSeconds).toBe(1920);
  expect(job.spec.template.metadata.labels).toMatchObject({ team: 'vision' });
  const { containers, volumes } = job.spec.template.spec;
  expect(containers[0]).toMatchObject({ image: 'registry.example.com/node:22.1.0' });
  expect(volumes.map(({ name }: { name: string }) => name)).toEqual(['program', 'authority', 'client']);
});

test('all that is wrong is said at once', () => {
  const payload = InferencePayload.fromConfigMap('digits', 'body.json');
  expect(
    problems({
      payloads: { 'tf-mnist': payload, nope: InferencePayload.json('[]') },
      timeout: Duration.millis(1),
      requestTimeout: Duration.hours(2),
      parallel: 0,
      access: { address: 'gw' },
      jobName: 'Smoke',
      image: 'node',
      labels: { 'a b': 'x' },
      annotations: { 'a b': 'x' },
    }),
  ).toEqual([
    "address 'gw' of the gateway is not valid: write it as 'HOST:PORT'",
    "job name 'Smoke' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
    "timeout is '0.001' s: use whole seconds from 1 to 86400",
    "requestTimeout is '7200' s: use whole seconds from 1 to 3600",
    "parallel is '0': use a whole number from 1 to 100",
    "image of the smoke test 'node' is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes",
    "payload of model 'tf-mnist' is in a ConfigMap, which the smoke test does not read: use json() or generated()",
    "payload of model 'nope': it is '[]': write an object with 'inputs'",
    "label key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "annotation key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "model 'nope' is none of the mesh in namespace 'modelmesh-serving': add it to the mesh, or leave it out here",
  ]);
});

/** A mesh of many models. */
function meshOf(count: number, payload?: (name: string) => InferencePayload) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh');
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  const volume = ModelVolume.fromClaimName(chart, 'models', 'models');
  const names = Array.from({ length: count }, (_, index) => `model-${index}`);
  for (const name of names) mesh.addModel(name, { format: ModelFormat.SKLEARN, source: volume.at(name) });
  const gateway = new InferenceGateway(chart, 'gateway', { mesh, routing: ModelRouting.any() });
  const payloads = payload && Object.fromEntries(names.map((name) => [name, payload(name)]));
  new SmokeTest(chart, 'smoke', { gateway, payloads });
  return chart;
}

test('a thousand models with generated payloads fit into the ConfigMap', () => {
  const chart = meshOf(1000, () => MNIST_PAYLOAD);
  expect(problemsOf(chart)).toEqual([]);
  const { data } = manifestOf(chart, 'ConfigMap', 'smoke-test');
  expect(JSON.parse(data['settings.json']).models).toHaveLength(1000);
  expect(data['settings.json'].length + data['smoke-test.cjs'].length).toBeLessThan(150_000);
});

test('payloads that do not fit are told, and so is a mesh without models', () => {
  const large = JSON.stringify({ inputs: [{ name: 'x'.repeat(600_000) }] });
  const [problem] = problemsOf(meshOf(2, () => InferencePayload.json(large)));
  expect(problem).toMatch(
    /^\[test\/smoke\] the program and the models with their payloads have 12\d{5} bytes, and a ConfigMap holds 1048576 at most: use InferencePayload\.generated\(\) in place of json\(\), or leave payloads out$/,
  );
  expect(problemsOf(meshOf(0)).filter((text) => text.startsWith('[test/smoke]'))).toEqual([
    "[test/smoke] the mesh in namespace 'modelmesh-serving' has no models to ask: add some, or leave the smoke test out",
  ]);
});

test('settings of a plain gateway name no files', () => {
  expect(Object.keys(settingsOf() as object)).toEqual([
    'origin',
    'modelHeader',
    'timeoutSeconds',
    'requestTimeoutSeconds',
    'parallel',
    'models',
  ]);
});
