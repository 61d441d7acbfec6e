import { ApiObject, type Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { BuiltInServer, RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { AutoscalingMetric, type ServingRuntimeProps } from '../../lib/runtime/serving-runtime-props';
import { ModelFormat } from '../../lib/values/model-format';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { RuntimeEndpoint } from '../../lib/values/runtime-endpoint';
import { makeChart, manifestOf, manifestsOf, problemsOf } from '../support/synth';
import { adapted, REQUIRED, runtimeManifest, SERVER } from './helpers';
import { schemaFindings } from './schema-findings';

/** Every property; of the two that exclude each other each test adds one. */
function everything(): Omit<Required<ServingRuntimeProps>, 'replicas' | 'autoscaling'> {
  return {
    runtimeName: 'my-runtime-1.x',
    formats: [{ format: ModelFormat.of('onnx', '1'), autoSelect: false }, { format: ModelFormat.SKLEARN }],
    adapter: RuntimeAdapter.builtIn({ server: BuiltInServer.MLSERVER, managementPort: 8001 }),
    containers: [
      {
        name: 'mlserver',
        image: 'example.com/mlserver:1.0.0',
        command: ['mlserver'],
        args: ['start', '/models'],
        env: [EnvVariable.value('A', 'b')],
        resources: { memoryLimit: Size.gibibytes(2), cpuLimit: Cpu.units(1), gpus: 2 },
        ports: [{ port: 8001, name: 'api' }, { port: 8002 }],
        volumeMounts: [
          { volumeName: 'cache', mountPath: '/cache', subPath: 'a', readOnly: true },
          { volumeName: 'models-dir', mountPath: '/m' },
        ],
        livenessProbe: { port: 8002, httpPath: '/live', initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4 },
        startupProbe: { command: ['true'] },
        userId: 1000,
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
      },
      { ...SERVER },
    ],
    managementEndpoint: RuntimeEndpoint.port(9000),
    dataEndpoint: RuntimeEndpoint.unixSocket('/sockets/data.sock'),
    protocolVersions: [ProtocolVersion.GRPC_V2, ProtocolVersion.of('own')],
    volumes: [{ name: 'cache', emptyDirSizeLimit: Size.gibibytes(1), emptyDirInMemory: true }],
    disabled: true,
    clusterScoped: false,
    maxLoadingConcurrency: 3,
    perModelConcurrencyLimit: 4,
    nodeSelector: { pool: 'gpu' },
    tolerations: [{ key: 'gpu', operator: 'Equal', value: 'a100', effect: 'NoExecute', tolerationSeconds: 60 }],
    imagePullSecrets: ['registry'],
    labels: { team: 'a' },
    annotations: { note: 'b' },
    podLabels: { cost: 'c' },
    podAnnotations: { 'sidecar.istio.io/inject': 'false' },
  };
}

const METADATA = {
  name: 'my-runtime-1.x',
  labels: { team: 'a' },
  annotations: { maxLoadingConcurrency: '3', perModelConcurrencyLimit: '4', note: 'b' },
};
const SPEC = {
  multiModel: true,
  disabled: true,
  supportedModelFormats: [
    { name: 'onnx', version: '1', autoSelect: false },
    { name: 'sklearn', autoSelect: true },
  ],
  protocolVersions: ['grpc-v2', 'own'],
  grpcEndpoint: 'port:9000',
  grpcDataEndpoint: 'unix:/sockets/data.sock',
  builtInAdapter: {
    serverType: 'mlserver',
    runtimeManagementPort: 8001,
    memBufferBytes: 134_217_728,
    modelLoadingTimeoutMillis: 90_000,
  },
  containers: [
    {
      name: 'mlserver',
      image: 'example.com/mlserver:1.0.0',
      command: ['mlserver'],
      args: ['start', '/models'],
      env: [{ name: 'A', value: 'b' }],
      resources: {
        requests: { cpu: '500m', memory: '2Gi', 'nvidia.com/gpu': '2' },
        limits: { cpu: '1', memory: '2Gi', 'nvidia.com/gpu': '2' },
      },
      ports: [
        { containerPort: 8001, name: 'api', protocol: 'TCP' },
        { containerPort: 8002, protocol: 'TCP' },
      ],
      volumeMounts: [
        { name: 'cache', mountPath: '/cache', subPath: 'a', readOnly: true },
        { name: 'models-dir', mountPath: '/m' },
      ],
      livenessProbe: {
        httpGet: { path: '/live', port: 8002, scheme: 'HTTP' },
        initialDelaySeconds: 1,
        periodSeconds: 2,
        timeoutSeconds: 3,
        failureThreshold: 4,
      },
      startupProbe: { exec: { command: ['true'] } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsUser: 1000,
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
      },
    },
    {
      name: 'server',
      image: 'example.com/server:1.0.0',
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
  volumes: [{ name: 'cache', emptyDir: { sizeLimit: '1Gi', medium: 'Memory' } }],
  nodeSelector: { pool: 'gpu' },
  tolerations: [{ key: 'gpu', operator: 'Equal', value: 'a100', effect: 'NoExecute', tolerationSeconds: 60 }],
  imagePullSecrets: [{ name: 'registry' }],
  labels: { cost: 'c' },
  annotations: { 'sidecar.istio.io/inject': 'false' },
};

/** A runtime of its own in a mesh of its own, and its chart. */
function synth(props: ServingRuntimeProps): { chart: Chart; runtime: ServingRuntime } {
  const chart = makeChart();
  const runtime = new ServingRuntime(chart, 'runtime', props);
  new ModelMesh(chart, 'mesh', { namespace: 'models' }).addRuntime(runtime);
  return { chart, runtime };
}

describe('a serving runtime', () => {
  it('takes every property to the manifest, with replicas and a namespace', () => {
    const props: Omit<Required<ServingRuntimeProps>, 'autoscaling'> = { ...everything(), replicas: 5 };
    const { chart } = synth(props);
    const manifest = manifestOf(chart, 'ServingRuntime');
    expect(manifest).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { ...METADATA, namespace: 'models' },
      spec: { ...SPEC, replicas: 5 },
    });
    expect(schemaFindings([manifest])).toEqual([]);
    expect(problemsOf(chart)).toEqual([]);
  });

  it('takes every property to the manifest, with autoscaling and for the whole cluster', () => {
    const props: Omit<Required<ServingRuntimeProps>, 'replicas'> = {
      ...everything(),
      clusterScoped: true,
      autoscaling: { minReplicas: 2, maxReplicas: 3, metric: AutoscalingMetric.MEMORY, targetUtilizationPercent: 50 },
    };
    const { chart } = synth(props);
    const manifest = manifestOf(chart, 'ClusterServingRuntime');
    expect(manifest).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ClusterServingRuntime',
      metadata: {
        ...METADATA,
        annotations: {
          ...METADATA.annotations,
          'serving.kserve.io/autoscalerClass': 'hpa',
          'serving.kserve.io/metrics': 'memory',
          'serving.kserve.io/targetUtilizationPercentage': '50',
          'serving.kserve.io/min-scale': '2',
          'serving.kserve.io/max-scale': '3',
        },
      },
      spec: SPEC,
    });
    expect(schemaFindings([manifest])).toEqual([]);
    expect(problemsOf(chart)).toEqual([]);
  });

  it('writes the defaults of autoscaling out', () => {
    expect(runtimeManifest({ ...REQUIRED, autoscaling: { maxReplicas: 4 } }).metadata.annotations).toEqual({
      'serving.kserve.io/autoscalerClass': 'hpa',
      'serving.kserve.io/metrics': 'cpu',
      'serving.kserve.io/targetUtilizationPercentage': '80',
      'serving.kserve.io/min-scale': '1',
      'serving.kserve.io/max-scale': '4',
    });
  });

  it('is what its required properties say, and a management endpoint', () => {
    expect(runtimeManifest(REQUIRED)).toMatchObject({
      metadata: { name: 'my-runtime', namespace: 'models' },
      spec: { multiModel: true, grpcEndpoint: 'port:8085', supportedModelFormats: [{ name: 'sklearn', autoSelect: true }] },
    });
  });

  it('has one object under the usual id', () => {
    const { runtime } = synth(REQUIRED);
    expect(ApiObject.of(runtime).kind).toBe('ServingRuntime');
    expect(runtime.runtimeName).toBe('my-runtime');
  });

  it('reports all problems at once, under its path', () => {
    const { chart } = synth(adapted({ runtimeName: 'A', replicas: -1, podLabels: { name: 'x' } }));
    expect(problemsOf(chart)).toEqual([
      "[test/runtime] runtime name 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
      "[test/runtime] replicas is '-1': use a whole number from 0 to 65535",
      "[test/runtime] pod label 'name' is one that ModelMesh selects its pods by: remove it",
    ]);
  });

  it('does not change with what the caller passed', () => {
    const props = { ...everything(), replicas: 2 };
    const { chart } = synth(props);
    const before = JSON.stringify(manifestsOf(chart));
    // Empties every array and object of the properties, however deep, but not the values, which are immutable.
    const empty = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return;
      for (const [key, inner] of Object.entries(value)) {
        empty(inner);
        delete (value as Record<string, unknown>)[key];
      }
      if (Array.isArray(value)) value.length = 0;
    };
    empty(props);
    expect(props).toEqual({});
    expect(JSON.stringify(manifestsOf(chart))).toBe(before);
    expect(problemsOf(chart)).toEqual([]);
  });

  it('keeps a problem that the caller mends afterwards, since the manifest has it too', () => {
    const podLabels: Record<string, string> = { name: 'x' };
    const { chart } = synth({ ...REQUIRED, podLabels });
    delete podLabels['name'];
    expect(problemsOf(chart)).toEqual(["[test/runtime] pod label 'name' is one that ModelMesh selects its pods by: remove it"]);
  });
});
