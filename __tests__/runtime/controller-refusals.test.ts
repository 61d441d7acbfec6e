// One case for every runtime that ModelMesh's real controller, its webhook or the API server was seen to refuse, to crash on, or to take and
// then not serve, as far as our API can express it. The texts themselves are asserted beside the code that makes them.
import { Duration, Size } from 'cdk8s';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { type BuiltInServer, RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { servingRuntimeProblems } from '../../lib/runtime/serving-runtime-problems';
import type { AutoscalingMetric, RuntimeAutoscaling, ServingRuntimeProps } from '../../lib/runtime/serving-runtime-props';
import { ModelFormat } from '../../lib/values/model-format';
import { RuntimeEndpoint } from '../../lib/values/runtime-endpoint';
import { makeChart, problemsOf } from '../support/synth';
import { adapted, REQUIRED, runtimeManifest, SERVER } from './helpers';

const server = (overrides: object): Partial<ServingRuntimeProps> => ({ containers: [{ ...SERVER, name: 'mlserver', ...overrides }] });
const beside = (name: string): Partial<ServingRuntimeProps> => ({
  containers: [
    { ...SERVER, name: 'mlserver' },
    { ...SERVER, name },
  ],
});
const mounting = (volumeName: string, mountPath = '/x') => server({ volumeMounts: [{ volumeName, mountPath }] });
const scaled = (autoscaling: Partial<RuntimeAutoscaling>) => ({ autoscaling: { maxReplicas: 3, ...autoscaling } });
const annotated = (key: string, value: string) => ({ annotations: { [`serving.kserve.io/${key}`]: value } });
const volumes = (...names: string[]) => ({ volumes: names.map((name) => ({ name, secretName: 's' })) });
const { unixSocket } = RuntimeEndpoint;

describe('a runtime is refused', () => {
  it.each<[string, Partial<ServingRuntimeProps>, string]>([
    // Endpoints
    ['an adapter with a socket for an endpoint', { managementEndpoint: unixSocket('/s/m') }, 'unix:/s/m'],
    ['a listener on a port of ModelMesh', { dataEndpoint: RuntimeEndpoint.port(8080) }, '8080'],
    // Containers
    ['no container of the name of the server', { containers: [SERVER] }, "'mlserver'"],
    ['the container mm', beside('mm'), "'mm'"],
    ['the container rest-proxy', beside('rest-proxy'), "'rest-proxy'"],
    ['the container puller', beside('puller'), "'puller'"],
    ['the container mm-x', beside('mm-x'), "'mm-x'"],
    ['the container of the adapter', beside('mlserver-adapter'), "'mlserver-adapter'"],
    ['two containers of one name', beside('mlserver'), "'mlserver' stands twice"],
    ['an upper-case container name', beside('Server'), "'Server'"],
    ['no containers', { containers: [] }, 'containers are empty'],
    ['a container without an image', server({ image: undefined }), "image of container 'mlserver'"],
    // Volumes
    ['the volume storage-config', volumes('storage-config'), "'storage-config'"],
    ['the volume etcd-config', volumes('etcd-config'), "'etcd-config'"],
    ['the volume tc-config', volumes('tc-config'), "'tc-config'"],
    ['the volume domain-socket', volumes('domain-socket'), "'domain-socket'"],
    ['the volume models-dir', volumes('models-dir'), "'models-dir'"],
    ['the volume tls-certs', volumes('tls-certs'), "'tls-certs'"],
    ['the volume mm-x', volumes('mm-x'), "'mm-x'"],
    ['two volumes of one name', volumes('v', 'v'), "'v' stands twice"],
    ['a mount of storage-config', mounting('storage-config'), "mounted volume 'storage-config'"],
    ['a mount of etcd-config', mounting('etcd-config'), "mounted volume 'etcd-config'"],
    ['a mount of tc-config', mounting('tc-config'), "mounted volume 'tc-config'"],
    ['a mount of domain-socket', mounting('domain-socket'), "mounted volume 'domain-socket'"],
    ['a mount of mm-x', mounting('mm-x'), "mounted volume 'mm-x'"],
    ['a mount of a volume that is not declared', mounting('cache'), "'cache'"],
    ['a mount at /models', mounting('models-dir', '/models'), "'/models'"],
    // Ports
    ...[8080, 8085, 8089, 8090, 11881, 11899, 8033, 8008, 2112, 8086, 70000].map((port): [string, Partial<ServingRuntimeProps>, string] => [
      `port ${port}`,
      server({ ports: [{ port }] }),
      String(port),
    ]),
    ...['grpc', 'http', 'prometheus', 'mm-x'].map((name): [string, Partial<ServingRuntimeProps>, string] => [
      `port name ${name}`,
      server({ ports: [{ port: 9000, name }] }),
      `'${name}'`,
    ]),
    // Resources
    [
      'a request over the limit',
      server({ resources: { memoryRequest: Size.gibibytes(2), memoryLimit: Size.gibibytes(1) } }),
      'memory request 2Gi',
    ],
    ['too little memory for models', server({ resources: { memoryRequest: Size.mebibytes(130) } }), 'memory request 130Mi'],
    // Scale
    ['-1 replicas', { replicas: -1 }, "'-1'"],
    ['70000 replicas', { replicas: 70000 }, "'70000'"],
    ['replicas and autoscaling', { replicas: 2, ...scaled({}) }, 'replicas (2)'],
    ['no replicas and autoscaling', { replicas: 0, ...scaled({}) }, 'replicas (0)'],
    ['the metric rps', scaled({ metric: 'rps' as AutoscalingMetric }), "'rps'"],
    ['a utilization of 0', scaled({ targetUtilizationPercent: 0 }), "'0'"],
    ['a utilization of 101', scaled({ targetUtilizationPercent: 101 }), "'101'"],
    ['at least 0 pods', scaled({ minReplicas: 0 }), "'0'"],
    ['at most less than at least', scaled({ minReplicas: 4 }), '(4)'],
    ['no most', scaled({ minReplicas: 2, maxReplicas: undefined as unknown as number }), 'maxReplicas'],
    ['another autoscaler', annotated('autoscalerClass', 'external'), "'serving.kserve.io/autoscalerClass'"],
    ['a utilization by annotation', annotated('targetUtilizationPercentage', '500'), "'serving.kserve.io/targetUtilizationPercentage'"],
    ['a scale by annotation', annotated('min-scale', 'abc'), "'serving.kserve.io/min-scale'"],
    ['a ConfigMap that is not there', { annotations: { productConfig: 'nope' } }, "'productConfig'"],
    // Settings
    ['loading concurrency 0', { maxLoadingConcurrency: 0 }, "'0'"],
    ['a limit of -1', { perModelConcurrencyLimit: -1 }, "'-1'"],
    ['a concurrency by annotation', { annotations: { maxLoadingConcurrency: 'abc' } }, "'maxLoadingConcurrency'"],
    // Labels
    ['the pod label modelmesh-service', { podLabels: { 'modelmesh-service': 'x' } }, "'modelmesh-service'"],
    ['the pod label name', { podLabels: { name: 'x' } }, "'name'"],
    ['the pod label managed-by', { podLabels: { 'app.kubernetes.io/managed-by': 'x' } }, "'app.kubernetes.io/managed-by'"],
    ['a pod label that is too long', { podLabels: { a: 'x'.repeat(64) } }, "'a'"],
    ['an invalid pod label', { podLabels: { a: 'x y' } }, "'x y'"],
    // Names
    ['a name with a comma', { runtimeName: 'a,b' }, "'a,b'"],
    ['a name with a bar', { runtimeName: 'a|b' }, "'a|b'"],
  ])('for %s', (_case, overrides, quoted) => {
    expect(servingRuntimeProblems(adapted(overrides))).toContainEqual(expect.stringContaining(quoted));
  });

  it.each([
    ['LOADING_CONCURRENCY', 'abc'],
    ['LIMIT_PER_MODEL_CONCURRENCY', '-1'],
    ['LOADTIME_TIMEOUT', '7'],
  ])('for the variable %s of %s', (name, value) => {
    expect(servingRuntimeProblems(adapted({}, { env: [EnvVariable.value(name, value)] }))).toContainEqual(
      expect.stringContaining(`'${name}'`),
    );
  });

  it('for sockets in two folders', () => {
    const props = { ...REQUIRED, managementEndpoint: unixSocket('/a/m'), dataEndpoint: unixSocket('/b/d') };
    expect(servingRuntimeProblems(props)).toContainEqual(expect.stringContaining("'/a/m' and '/b/d'"));
  });

  it('for a socket and a port without the puller', () => {
    const adapter = RuntimeAdapter.ownApi();
    const props = { ...REQUIRED, adapter, managementEndpoint: unixSocket('/a/m'), dataEndpoint: RuntimeEndpoint.port(8001) };
    expect(servingRuntimeProblems(props)).toContainEqual(expect.stringContaining("'unix:/a/m'"));
  });

  it('for a name that is too long together with the Service, by its mesh', () => {
    const problems = (length: number): string[] => {
      const chart = makeChart();
      new ModelMesh(chart, 'mesh').addRuntime(new ServingRuntime(chart, 'runtime', { ...REQUIRED, runtimeName: 'r'.repeat(length) }));
      return problemsOf(chart);
    };
    expect(problems(45)).toEqual([]);
    expect(problems(46)).toEqual([expect.stringContaining('has a name of 64 characters; at most 63 are allowed')]);
  });
});

describe('a runtime cannot even be written', () => {
  it.each<[string, () => unknown, string]>([
    ['for a server without an adapter', () => adapted({}, { server: 'vllm' as BuiltInServer }), "server 'vllm' has no built-in adapter"],
    [
      'for a server in the wrong case',
      () => adapted({}, { server: 'MLServer' as BuiltInServer }),
      "server 'MLServer' has no built-in adapter",
    ],
    ['for a short loading timeout', () => adapted({}, { modelLoadingTimeout: Duration.millis(99) }), 'model loading timeout is 99 ms'],
    ['for an endpoint out of range', () => RuntimeEndpoint.port(99999), "port is '99999'"],
    ['for an endpoint that is no number', () => RuntimeEndpoint.port('abc' as unknown as number), "port is 'abc'"],
    ['for a socket without a folder', () => unixSocket('8085'), "socket path '8085' is not valid"],
    ['for a format with a colon', () => ModelFormat.of('sk:1'), "name 'sk:1' of a model format is not valid"],
    ['for a format with a comma', () => ModelFormat.of('a,b'), "name 'a,b' of a model format is not valid"],
    ['for a version with a bar', () => ModelFormat.of('a', '1|2'), "version '1|2' of a model format is not valid"],
  ])('%s', (_case, write, text) => {
    expect(write).toThrow(text);
  });
});

describe('what the controller misses most is always there', () => {
  it.each([REQUIRED, adapted({ managementEndpoint: undefined }, { memoryBuffer: undefined, modelLoadingTimeout: undefined })])(
    'a management endpoint, memory and its limit, and the settings of the adapter',
    (props) => {
      const { spec } = runtimeManifest(props);
      const adapter = spec.builtInAdapter ?? { memBufferBytes: 134_217_728, modelLoadingTimeoutMillis: 90_000 };
      expect([spec.multiModel, spec.grpcEndpoint, adapter.memBufferBytes, adapter.modelLoadingTimeoutMillis]).toEqual([
        true,
        'port:8085',
        134_217_728,
        90_000,
      ]);
      expect(spec.containers[0].resources).toMatchObject({ requests: { memory: '1Gi' }, limits: { memory: '1Gi' } });
    },
  );
});
