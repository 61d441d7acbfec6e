import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { builtInRuntimeProps, supports } from '../../lib/runtime/built-in-runtime';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { MLSERVER } from '../../lib/runtime/mlserver';
import { OVMS } from '../../lib/runtime/ovms';
import { podCapacityBytes } from '../../lib/runtime/pod-capacity';
import { servingRuntimeProblems } from '../../lib/runtime/serving-runtime-problems';
import { AutoscalingMetric, type BuiltInRuntimeOptions } from '../../lib/runtime/serving-runtime-props';
import { TORCHSERVE } from '../../lib/runtime/torchserve';
import { TRITON } from '../../lib/runtime/triton';
import { ModelFormat } from '../../lib/values/model-format';
import { demandViolations } from './controller-demands';
import { runtimeManifest } from './helpers';
import { schemaFindings } from './schema-findings';

const BUILT_IN = [MLSERVER, TRITON, OVMS, TORCHSERVE].map((runtime) => [runtime.runtimeName, runtime] as const);

describe.each(BUILT_IN)('%s', (_name, runtime) => {
  const props = builtInRuntimeProps(runtime, {});

  it('has no problems', () => {
    expect(servingRuntimeProblems(props)).toEqual([]);
  });

  it.each([false, true])('meets every demand of the controller and of the schema, clusterScoped %s', (clusterScoped) => {
    const manifest = runtimeManifest({ ...props, clusterScoped });
    expect(demandViolations(manifest)).toEqual([]);
    expect(schemaFindings([manifest])).toEqual([]);
  });

  it('leaves 1 GiB less 128 MiB for models', () => {
    expect(podCapacityBytes(props.adapter._builtIn!, props.containers[0]!.resources)).toBe(939_524_096);
  });

  it('has the container and the adapter of its server, and no other', () => {
    const { spec } = runtimeManifest(props);
    expect(spec.containers.map(({ name }: { name: string }) => name)).toEqual([spec.builtInAdapter.serverType]);
  });
});

describe('the options of a built-in runtime', () => {
  const options: Required<Omit<BuiltInRuntimeOptions, 'replicas' | 'autoscaling'>> = {
    runtimeName: 'sklearn-gpu',
    image: 'example.com/mlserver:1.4.0',
    resources: {
      cpuRequest: Cpu.units(1),
      cpuLimit: Cpu.units(2),
      memoryRequest: Size.gibibytes(2),
      memoryLimit: Size.gibibytes(3),
      gpus: 1,
    },
    formats: [supports('sklearn', '1', false)],
    env: [EnvVariable.value('MLSERVER_HTTP_PORT', '8003'), EnvVariable.fromSecret('TOKEN', 'hub', 'token')],
    adapterEnv: [EnvVariable.value('MODELSIZE_MULTIPLIER', '1.5')],
    memoryBuffer: Size.mebibytes(256),
    modelLoadingTimeout: Duration.minutes(2),
    disabled: true,
    clusterScoped: true,
    maxLoadingConcurrency: 3,
    perModelConcurrencyLimit: 4,
    nodeSelector: { pool: 'gpu' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    imagePullSecrets: ['registry'],
    labels: { team: 'a' },
    annotations: { note: 'b' },
    podLabels: { cost: 'c' },
    podAnnotations: { 'sidecar.istio.io/inject': 'false' },
  };
  const container = {
    name: 'mlserver',
    image: 'example.com/mlserver:1.4.0',
    env: [
      { name: 'MLSERVER_MODELS_DIR', value: '/models/_mlserver_models/' },
      { name: 'MLSERVER_LOAD_MODELS_AT_STARTUP', value: 'false' },
      { name: 'MLSERVER_MODEL_NAME', value: 'dummy-model' },
      { name: 'MLSERVER_GRPC_PORT', value: '8001' },
      { name: 'MLSERVER_HTTP_PORT', value: '8003' },
      { name: 'MLSERVER_HOST', value: '127.0.0.1' },
      { name: 'MLSERVER_GRPC_MAX_MESSAGE_LENGTH', value: '-1' },
      { name: 'MLSERVER_PARALLEL_WORKERS', value: '0' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
    ],
    resources: {
      requests: { cpu: '1', memory: '2Gi', 'nvidia.com/gpu': '1' },
      limits: { cpu: '2', memory: '3Gi', 'nvidia.com/gpu': '1' },
    },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const expected = {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ClusterServingRuntime',
    metadata: {
      name: 'sklearn-gpu',
      labels: { team: 'a' },
      annotations: { maxLoadingConcurrency: '3', perModelConcurrencyLimit: '4', note: 'b' },
    },
    spec: {
      multiModel: true,
      disabled: true,
      supportedModelFormats: [{ name: 'sklearn', version: '1', autoSelect: false }],
      protocolVersions: ['grpc-v2'],
      grpcEndpoint: 'port:8085',
      grpcDataEndpoint: 'port:8001',
      builtInAdapter: {
        serverType: 'mlserver',
        runtimeManagementPort: 8001,
        memBufferBytes: 268_435_456,
        modelLoadingTimeoutMillis: 120_000,
        env: [{ name: 'MODELSIZE_MULTIPLIER', value: '1.5' }],
      },
      containers: [container],
      nodeSelector: { pool: 'gpu' },
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
      imagePullSecrets: [{ name: 'registry' }],
      labels: { cost: 'c' },
      annotations: { 'sidecar.istio.io/inject': 'false' },
    },
  };

  it('all reach the manifest, with replicas', () => {
    const all: Omit<Required<BuiltInRuntimeOptions>, 'autoscaling'> = { ...options, replicas: 5 };
    const manifest = runtimeManifest(builtInRuntimeProps(MLSERVER, all));
    expect(manifest).toEqual({ ...expected, spec: { ...expected.spec, replicas: 5 } });
    expect(schemaFindings([manifest])).toEqual([]);
  });

  it('all reach the manifest, with autoscaling', () => {
    const all: Omit<Required<BuiltInRuntimeOptions>, 'replicas'> = {
      ...options,
      autoscaling: { minReplicas: 2, maxReplicas: 6, metric: AutoscalingMetric.MEMORY, targetUtilizationPercent: 70 },
    };
    const manifest = runtimeManifest(builtInRuntimeProps(MLSERVER, all));
    expect(manifest).toEqual({
      ...expected,
      metadata: {
        ...expected.metadata,
        annotations: {
          ...expected.metadata.annotations,
          'serving.kserve.io/autoscalerClass': 'hpa',
          'serving.kserve.io/metrics': 'memory',
          'serving.kserve.io/targetUtilizationPercentage': '70',
          'serving.kserve.io/min-scale': '2',
          'serving.kserve.io/max-scale': '6',
        },
      },
    });
    expect(schemaFindings([manifest])).toEqual([]);
  });

  it('give a container without variables none when there are none to add', () => {
    expect(builtInRuntimeProps(OVMS, {}).containers[0]!.env).toBeUndefined();
    expect(builtInRuntimeProps(OVMS, { env: [EnvVariable.value('A', 'b')] }).containers[0]!.env).toEqual([EnvVariable.value('A', 'b')]);
  });

  it('leave the built-in value where they are undefined', () => {
    const nothing: BuiltInRuntimeOptions = {
      runtimeName: undefined,
      formats: undefined,
      maxLoadingConcurrency: undefined,
      image: undefined,
    };
    expect(runtimeManifest(builtInRuntimeProps(TRITON, nothing))).toEqual(runtimeManifest(builtInRuntimeProps(TRITON, {})));
  });
});

describe('a supported format in a few words', () => {
  it('is selected unless told otherwise', () => {
    expect(supports('onnx', '1')).toEqual({ format: ModelFormat.of('onnx', '1'), autoSelect: true });
    expect(supports('onnx', '1', false)).toEqual({ format: ModelFormat.of('onnx', '1'), autoSelect: false });
  });
});

describe('the list of demands that the tests above rely on', () => {
  const good = runtimeManifest(builtInRuntimeProps(MLSERVER, {}));
  const server = good.spec.containers[0];
  const withServer = (overrides: object) => ({ containers: [{ ...server, ...overrides }] });

  it.each<[string, object, object?]>([
    ['multiModel', { multiModel: undefined }],
    ['no grpcEndpoint', { grpcEndpoint: undefined }],
    ['endpoint of the adapter unix:/a/b', { grpcEndpoint: 'unix:/a/b' }],
    ['volume models-dir', { volumes: [{ name: 'models-dir' }] }],
    ['label name', { labels: { name: 'x' } }],
    ['containers of one name', { containers: [server, server] }],
    ['container mm-x', { containers: [server, { name: 'mm-x' }] }],
    ['container of the adapter', { containers: [server, { name: 'mlserver-adapter' }] }],
    ['no container mlserver', withServer({ name: 'other' })],
    ['serverType vllm', { builtInAdapter: { ...good.spec.builtInAdapter, serverType: 'vllm' } }],
    ['timeout 0', { builtInAdapter: { ...good.spec.builtInAdapter, modelLoadingTimeoutMillis: undefined } }],
    ['listener port:8080', { grpcDataEndpoint: 'port:8080' }],
    ['capacity -1', { builtInAdapter: { ...good.spec.builtInAdapter, memBufferBytes: 2 ** 30 + 1 } }],
    ['lifecycle of mlserver', withServer({ lifecycle: {} })],
    ['mounted volume tc-config', withServer({ volumeMounts: [{ name: 'tc-config' }] })],
    ['port name grpc', withServer({ ports: [{ name: 'grpc', containerPort: 9000 }] })],
    ['port 11899', withServer({ ports: [{ containerPort: 11899 }] })],
    ['taken port 8008', withServer({ ports: [{ containerPort: 8008 }] })],
    ['replicas and autoscaling', { replicas: 1 }, { 'serving.kserve.io/autoscalerClass': 'hpa' }],
    ['class of the autoscaler', {}, { 'serving.kserve.io/autoscalerClass': 'keda' }],
    ['metric', {}, { 'serving.kserve.io/autoscalerClass': 'hpa', 'serving.kserve.io/metrics': 'rps' }],
    ['scale', {}, { 'serving.kserve.io/autoscalerClass': 'hpa', 'serving.kserve.io/min-scale': '2' }],
  ])('notices: %s', (violation, spec, annotations = {}) => {
    const bad = { ...good, metadata: { ...good.metadata, annotations }, spec: { ...good.spec, ...spec } };
    expect(demandViolations(bad)).toContain(violation);
  });
});
