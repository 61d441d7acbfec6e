import { Cron, Duration } from 'cdk8s';
import { GatewayTls } from '../../lib/gateway/gateway-tls';
import { JsonTranscoding } from '../../lib/gateway/json-transcoding';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { InferencePayload } from '../../lib/load-test/inference-payload';
import { LoadTest, type LoadTestModel, type LoadTestProps } from '../../lib/load-test/load-test';
import { TensorDatatype } from '../../lib/load-test/tensor-datatype';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { type Manifest, manifestOf, problemsOf } from '../support/synth';
import { gatewayWith, MNIST_PAYLOAD } from './helpers';

const TF_MNIST: LoadTestModel = { modelName: 'tf-mnist', payload: MNIST_PAYLOAD };

/** The objects of a load test, which must have no problems. */
function loadTest(props: Partial<LoadTestProps> = {}, gatewayProps = {}) {
  const { chart, gateway } = gatewayWith(gatewayProps);
  const test = new LoadTest(chart, 'load', { gateway, models: [TF_MNIST], ...props });
  expect(problemsOf(chart)).toEqual([]);
  return { chart, test, job: manifestOf(chart, props.schedule === undefined ? 'Job' : 'CronJob') };
}

function problems(props: Partial<LoadTestProps>, gatewayProps = {}): string[] {
  const { chart, gateway } = gatewayWith(gatewayProps);
  new LoadTest(chart, 'load', { gateway, models: [TF_MNIST], ...props });
  return problemsOf(chart).map((problem) => problem.replace('[test/load] ', ''));
}

const argumentsOf = (job: Manifest, index = 0): string[] => job.spec.template.spec.containers[index].args;
const after = (args: string[], flag: string): string | undefined => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);

test('the load of the worked example, in a pod without any rights', () => {
  const { chart, job } = loadTest();
  expect(job).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'load-test', namespace: 'modelmesh-serving' },
    spec: {
      activeDeadlineSeconds: 690,
      backoffLimit: 0,
      ttlSecondsAfterFinished: 604800,
      template: {
        metadata: {
          labels: {
            'cdk8s.io/metadata.addr': expect.stringMatching(/^test-load-[0-9a-f]{8}$/) as unknown,
            'istio.io/dataplane-mode': 'none',
            'sidecar.istio.io/inject': 'false',
          },
        },
        spec: {
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'tf-mnist',
              image: 'fortio/fortio:1.68.2',
              imagePullPolicy: 'IfNotPresent',
              args: [
                ...['load', '-quiet', '-jitter=false', '-c', '1', '-qps', '100', '-t', '60s', '-timeout', '30s', '-r', '0.0001'],
                ...['-p', '50,75,90,95,99,99.9', '-httpbufferkb', '1024', '-H', 'model: tf-mnist', '-content-type', 'application/json'],
                ...['-payload-file', '/payloads/tf-mnist.json', '-labels', 'tf-mnist', '-json', '-'],
                'http://istio-ingressgateway.istio-system:8008/v2/models/tf-mnist/infer',
              ],
              resources: { limits: { cpu: '1', memory: '256Mi' }, requests: { cpu: '100m', memory: '64Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              volumeMounts: [{ mountPath: '/payloads', name: 'payloads', readOnly: true }],
            },
          ],
          dnsPolicy: 'ClusterFirst',
          hostNetwork: false,
          restartPolicy: 'Never',
          securityContext: {
            fsGroup: 65532,
            fsGroupChangePolicy: 'OnRootMismatch',
            runAsGroup: 65532,
            runAsNonRoot: true,
            runAsUser: 65532,
          },
          setHostnameAsFQDN: false,
          terminationGracePeriodSeconds: 30,
          volumes: [{ configMap: { name: 'load-test-payloads' }, name: 'payloads' }],
        },
      },
    },
  });
  const { metadata, data } = manifestOf(chart, 'ConfigMap', 'load-test-payloads');
  expect(metadata).toEqual({ name: 'load-test-payloads', namespace: 'modelmesh-serving' });
  expect(JSON.parse(data['tf-mnist.json'])).toMatchObject({ inputs: [{ name: 'inputs', shape: [1, 784], datatype: 'FP32' }] });
});

test('every property reaches the manifest', () => {
  const { chart, gateway } = gatewayWith({ modelHeader: 'x-model', routing: ModelRouting.any() });
  const props: Required<Omit<LoadTestProps, 'argoCdHook'>> = {
    gateway,
    models: [{ ...TF_MNIST, weight: 2 }],
    requestsPerSecond: 12.5,
    connections: 3,
    duration: Duration.minutes(2),
    requestTimeout: Duration.seconds(5),
    label: 'before',
    access: { address: 'gw.example.com:80', host: 'models.example.com' },
    jobName: 'nightly',
    namespace: 'tests',
    image: 'registry.example.com/fortio:1.69.4',
    schedule: Cron.schedule({ minute: '30', hour: '3' }),
    timeZone: 'Europe/Berlin',
    resultClaimName: 'results',
    keepFinished: Duration.hours(3),
    labels: { team: 'vision' },
    annotations: { 'example.com/note': 'yes' },
  };
  const test = new LoadTest(chart, 'load', props);
  expect(problemsOf(chart)).toEqual([]);
  expect([test.jobName, test.namespace]).toEqual(['nightly', 'tests']);
  const { metadata, spec } = manifestOf(chart, 'CronJob');
  const annotations = { 'example.com/note': 'yes' };
  expect(metadata).toEqual({ name: 'nightly', namespace: 'tests', labels: { team: 'vision' }, annotations });
  expect(spec).toMatchObject({ schedule: '30 3 * * *', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
  const { spec: job } = spec.jobTemplate;
  expect(job).toMatchObject({ activeDeadlineSeconds: 725, ttlSecondsAfterFinished: 10800, backoffLimit: 0 });
  expect(job.template.metadata.labels).toMatchObject({ team: 'vision', 'sidecar.istio.io/inject': 'false' });
  expect(job.template.spec.volumes).toContainEqual({ name: 'results', persistentVolumeClaim: { claimName: 'results', readOnly: false } });
  const [container] = job.template.spec.containers;
  expect(container.image).toBe('registry.example.com/fortio:1.69.4');
  expect(container.volumeMounts).toContainEqual({ mountPath: '/results', name: 'results' });
  expect(container.args.join(' ')).toBe(
    'load -quiet -jitter=false -c 3 -qps 12.5 -t 120s -timeout 5s -r 0.0001 -p 50,75,90,95,99,99.9 -httpbufferkb 1024 -H Host: models.example.com ' +
      '-H x-model: tf-mnist -content-type application/json -payload-file /payloads/tf-mnist.json -labels before tf-mnist -a -data-dir /results ' +
      'http://gw.example.com:80/v2/models/tf-mnist/infer',
  );
  expect(manifestOf(chart, 'ConfigMap', 'nightly-payloads').metadata).toMatchObject({ namespace: 'tests', labels: { team: 'vision' } });
});

test('a mix is a container for each model, with its share of the requests', () => {
  const payload = InferencePayload.fromConfigMap('digits', 'body.json');
  const { job } = loadTest({
    requestsPerSecond: 100,
    models: [
      { ...TF_MNIST, weight: 2 },
      { modelName: 'sklearn-mnist', payload },
    ],
  });
  const { containers, volumes } = job.spec.template.spec;
  expect(containers.map(({ name }: Manifest) => name)).toEqual(['tf-mnist', 'sklearn-mnist']);
  expect([0, 1].map((index) => after(argumentsOf(job, index), '-qps'))).toEqual(['66.6666667', '33.3333333']);
  expect(after(argumentsOf(job, 1), '-payload-file')).toBe('/payloads/body.json');
  expect(containers[1].volumeMounts).toEqual([{ mountPath: '/payloads', name: 'payload-1', readOnly: true }]);
  expect(volumes).toContainEqual({ name: 'payload-1', configMap: { name: 'digits' } });
});

test('a model whose name is too long for a container has a counted one', () => {
  const { chart, mesh, gateway } = gatewayWith();
  const modelName = 'm'.repeat(64);
  mesh.addModel(modelName, { format: mesh.models[0]!.format, source: mesh.models[0]!.source });
  new LoadTest(chart, 'load', { gateway, models: [TF_MNIST, { ...TF_MNIST, modelName }] });
  const [, container] = manifestOf(chart, 'Job').spec.template.spec.containers;
  expect(container.name).toBe('model-2');
  expect(container.args.at(-1)).toBe(`http://istio-ingressgateway.istio-system:8008/v2/models/${modelName}/infer`);
  expect(after(container.args, '-payload-file')).toBe('/payloads/model-2.json');
});

test('a hook of Argo CD stays until the next sync', () => {
  const { metadata, spec } = loadTest({ argoCdHook: true }).job;
  expect(metadata.annotations).toEqual({
    'argocd.argoproj.io/hook': 'PostSync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  });
  expect(spec.ttlSecondsAfterFinished).toBeUndefined();
});

test('TLS: the certificates are mounted and named', () => {
  const access = { address: 'models.example.com:443', authorityConfigMapName: 'gateway-ca', clientSecretName: 'load-test' };
  const { job } = loadTest({ access }, { tls: GatewayTls.mutual({ credentialName: 'gateway' }) });
  const args = argumentsOf(job);
  expect(['-cacert', '-cert', '-key'].map((flag) => after(args, flag))).toEqual([
    '/tls/authority/ca.crt',
    '/tls/client/tls.crt',
    '/tls/client/tls.key',
  ]);
  expect(args.at(-1)).toBe('https://models.example.com:443/v2/models/tf-mnist/infer');
  const { containers, volumes } = job.spec.template.spec;
  expect(volumes).toEqual([
    { configMap: { name: 'load-test-payloads' }, name: 'payloads' },
    { configMap: { name: 'gateway-ca' }, name: 'authority' },
    { secret: { secretName: 'load-test', defaultMode: 0o440 }, name: 'client' },
  ]);
  expect(containers[0].volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/payloads', '/tls/authority', '/tls/client']);
});

test('a gateway that takes one host gets it in the header', () => {
  const { job } = loadTest({}, { hosts: ['*.example.com', 'models.example.com'] });
  expect(argumentsOf(job)).toContain('Host: models.example.com');
  expect(argumentsOf(loadTest({}, { hosts: ['*', 'models.example.com'] }).job)).not.toContain('Host: models.example.com');
});

test('the gateway of another namespace is found there', () => {
  const { job } = loadTest({}, { workload: { namespace: 'gateways' }, port: 8009 });
  expect(argumentsOf(job).at(-1)).toBe('http://istio-ingressgateway.gateways:8009/v2/models/tf-mnist/infer');
});

test('all that is wrong is said at once', () => {
  const long = 'j'.repeat(53);
  expect(
    problems({
      models: [
        { ...TF_MNIST, weight: 0 },
        { modelName: 'tf-mnist', payload: InferencePayload.generated([]) },
        { modelName: 'Nope', payload: InferencePayload.fromConfigMap('Digits', 'a/b') },
      ],
      requestsPerSecond: 0,
      connections: 0,
      duration: Duration.millis(1500),
      requestTimeout: Duration.seconds(0),
      label: '-x',
      access: { address: 'http://gw', host: 'A', authorityConfigMapName: 'Ca' },
      jobName: long,
      namespace: 'Tests',
      image: 'fortio/fortio',
      schedule: Cron.daily(),
      argoCdHook: true,
      keepFinished: Duration.days(400),
      resultClaimName: 'Results',
      labels: { 'a b': 'x' },
      annotations: { 'a b': 'x' },
    }),
  ).toEqual([
    "address 'http://gw' of the gateway is not valid: write it as 'HOST:PORT'",
    "host 'A' of the requests is not valid: use a lower-case domain name",
    "authorityConfigMapName 'Ca' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    'authorityConfigMapName and clientSecretName are for TLS, and the gateway speaks none: leave them out',
    `job name '${long}' has 53 characters, and that of a CronJob 52 at most: shorten it`,
    "namespace of the Job 'Tests' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
    "image of fortio 'fortio/fortio' is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes",
    "requestsPerSecond is '0': use a number above 0, at most 100000",
    "connections is '0': use a whole number from 1 to 1000",
    "duration is '1.5' s: use whole seconds from 1 to 86400",
    "requestTimeout is '0' s: use whole seconds from 1 to 3600",
    "keepFinished is '34560000' s: use whole seconds from 1 to 31536000",
    "resultClaimName 'Results' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    "label '-x' is not valid: use letters, digits, spaces and any of '_.:=+-', at most 63",
    'argoCdHook and schedule exclude each other: leave out one of them',
    'keepFinished has no effect on a hook, which is kept until the next sync: leave it out',
    "weight of model 'tf-mnist' is '0': use a whole number from 1 to 1000",
    "payload of model 'tf-mnist': there are no inputs: name at least one",
    "model 'Nope' is not valid: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
    "payload of model 'Nope': ConfigMap of a payload 'Digits' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    "payload of model 'Nope': key 'a/b' of ConfigMap 'Digits' is not valid: use letters, digits, '-', '_' and '.', at most 253",
    "model 'tf-mnist' is there twice: name it once, with the sum of the weights",
    "label key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "annotation key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "model 'Nope' is none of the mesh in namespace 'modelmesh-serving': add it to the mesh, or leave it out here",
  ]);
});

test('numbers of models that a pod does not take', () => {
  expect(problems({ models: [] })).toEqual(['there are 0 models: name from 1 to 20, each of which is a container of the pod']);
});

test('a time zone needs a schedule', () => {
  expect(problems({ timeZone: 'Europe/Berlin' })).toEqual([
    "timeZone 'Europe/Berlin' is that of a schedule, and there is none: leave it out",
  ]);
});

test('payloads that no ConfigMap holds', () => {
  const body = JSON.stringify({
    inputs: [{ name: 'x', shape: [1], datatype: 'BYTES', contents: { bytes_contents: ['A'.repeat(1_048_576)] } }],
  });
  expect(problems({ models: [{ ...TF_MNIST, payload: InferencePayload.json(body) }] })).toEqual([
    `the payloads have ${body.length} bytes, and a ConfigMap holds 1048576 at most: use smaller ones, InferencePayload.fromConfigMap() ` +
      'with a ConfigMap for each, or a run from outside with cdk8s-modelmesh loadtest',
  ]);
  const payload = InferencePayload.generated([{ name: 'x', shape: [1000, 1000], datatype: TensorDatatype.FP32 }]);
  expect(problems({ models: [{ ...TF_MNIST, payload }] })).toEqual([
    "payload of model 'tf-mnist': it has 1000000 elements, and a ConfigMap holds 524288 at most: use smaller shapes, or a run from outside with cdk8s-modelmesh loadtest",
  ]);
});

test('gateways that a pod cannot call without being told more', () => {
  expect(problems({}, { transcoding: JsonTranscoding.none() })).toEqual([
    'requests are JSON, and the gateway takes gRPC only: leave out its JsonTranscoding.none()',
  ]);
  const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
  expect(problems({}, { platform, routing: ModelRouting.gatewayApi() })).toEqual([
    "requests are JSON, and the gateway takes gRPC only: the Gateway API with class 'eg' has no transcoding, so send gRPC requests by other means",
  ]);
  expect(problems({}, { tls: GatewayTls.mutual({ credentialName: 'gateway' }) })).toEqual([
    "the gateway speaks TLS, and its certificate names a host: give access.address, 'HOST:PORT' with that host",
    'the gateway asks its callers for a certificate: give access.clientSecretName',
  ]);
  expect(problems({}, { workload: { labels: { istio: 'models' } } })).toEqual([
    "the gateway has pods of its own, and the Service in front of them is not known: give access.address, 'HOST:PORT'",
  ]);
  expect(problems({}, { hosts: ['*.example.com'] })).toEqual([
    "the gateway takes the hosts '*.example.com': give access.host, one of them without '*'",
  ]);
});

test('a Job in a chart that is delivered would run again and again', () => {
  const { chart, gateway } = gatewayWith();
  const props = { gateway, models: [TF_MNIST] };
  new LoadTest(chart, 'once', props);
  new LoadTest(chart, 'hook', { ...props, jobName: 'hook', argoCdHook: true });
  new LoadTest(chart, 'nightly', { ...props, jobName: 'nightly', schedule: Cron.daily() });
  const delivery = new ArgoCdDelivery(chart.node.root as never, 'argocd', { repository: 'https://git.example.com/models.git' });
  delivery.deliver(chart);
  expect(problemsOf(chart)).toEqual([
    '[test/once] a delivery of the chart would run the load test again whenever its Job is gone: put it into a chart that is not delivered, ' +
      'make it a hook of Argo CD with argoCdHook, or give it a schedule',
  ]);
});
