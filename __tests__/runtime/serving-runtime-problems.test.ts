import { Size } from 'cdk8s';
import { EnvVariable } from '../../lib/runtime/env-variable';
import type { RuntimeToleration, RuntimeVolume } from '../../lib/runtime/runtime-container';
import { servingRuntimeProblems } from '../../lib/runtime/serving-runtime-problems';
import { AutoscalingMetric, type RuntimeAutoscaling } from '../../lib/runtime/serving-runtime-props';
import { ModelFormat } from '../../lib/values/model-format';
import { adapted, problemsWith, SERVER } from './helpers';

const SUBDOMAIN = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";
const LABEL = "use lower-case letters, digits and '-', begin and end with a letter or digit";
const VALUE = "use letters, digits, '-', '_' and '.', begin and end with a letter or digit";

describe('a serving runtime', () => {
  it('needs its required properties only', () => {
    expect(problemsWith({})).toEqual([]);
    expect(servingRuntimeProblems(adapted())).toEqual([]);
  });

  it('may not have any name', () => {
    expect(problemsWith({ runtimeName: 'My|Runtime' })).toEqual([`runtime name 'My|Runtime' is not valid: ${SUBDOMAIN}`]);
  });

  it('needs formats and containers', () => {
    expect(problemsWith({ formats: [], containers: [] })).toEqual([
      'formats are empty: list at least one, or no model will ever be served',
      'containers are empty: declare the model server',
    ]);
  });

  it.each([0, 65535])('may have %d replicas', (replicas) => {
    expect(problemsWith({ replicas })).toEqual([]);
  });

  it.each([-1, 65536, 1.5, NaN])('may not have %d replicas', (replicas) => {
    expect(problemsWith({ replicas })).toEqual([`replicas is '${replicas}': use a whole number from 0 to 65535`]);
  });

  it('may not have replicas, not even none, and autoscaling', () => {
    expect(problemsWith({ replicas: 0, autoscaling: { maxReplicas: 2 } })).toEqual([
      'replicas (0) and autoscaling exclude each other: leave out one of them',
    ]);
  });

  it('may name each thing once', () => {
    const format = { format: ModelFormat.of('onnx', '1') };
    const ports = [{ port: 9000 }];
    const volume = { name: 'v', configMapName: 'c' };
    expect(
      problemsWith({ formats: [format, format], containers: [1, 2].map(() => ({ ...SERVER, ports })), volumes: [volume, volume, volume] }),
    ).toEqual([
      "format 'onnx:1' stands twice: keep one",
      "container name 'server' stands twice: keep one",
      "port '9000' stands twice: keep one",
      "volume name 'v' stands twice: keep one",
    ]);
  });

  it('may not have labels and annotations that Kubernetes or ModelMesh refuse', () => {
    expect(
      problemsWith({
        nodeSelector: { 'a b': 'c' },
        labels: { a: 'b c' },
        annotations: { 'a/b/c': 'd', 'serving.kserve.io/autoscalerClass': 'keda' },
        podLabels: { a: '-', name: 'b' },
        podAnnotations: { a: 1 as unknown as string },
        imagePullSecrets: ['A'],
      }),
    ).toEqual([
      `image pull secret 'A' is not valid: ${SUBDOMAIN}`,
      `node selector key 'a b' is not valid: ${VALUE}`,
      `value of label 'a' 'b c' is not valid: ${VALUE}`,
      `name 'b/c' of annotation key 'a/b/c' is not valid: ${VALUE}`,
      "annotation 'serving.kserve.io/autoscalerClass' is one that ModelMesh acts on: use the property autoscaling",
      `value of pod label 'a' '-' is not valid: ${VALUE}`,
      "pod label 'name' is one that ModelMesh selects its pods by: remove it",
      "value of pod annotation 'a' is '1': write it as a string",
    ]);
  });
});

describe('a runtime with a built-in adapter', () => {
  it('needs a container of its name', () => {
    expect(servingRuntimeProblems(adapted({ containers: [SERVER] }))).toEqual([
      "no container is named 'mlserver': the built-in adapter needs the model server under that name",
    ]);
  });

  it('may not have a container of the name of the adapter', () => {
    const containers = ['mlserver', 'mlserver-adapter', 'triton-adapter'].map((name) => ({ ...SERVER, name }));
    expect(servingRuntimeProblems(adapted({ containers }))).toEqual([
      "container name 'mlserver-adapter' is that of the built-in adapter: choose another",
    ]);
  });

  it('needs memory for models', () => {
    expect(servingRuntimeProblems(adapted({}, { memoryBuffer: Size.gibibytes(1) }))).toEqual([
      'memory request 1Gi of the model server less the buffer of 1073741824 bytes leaves 0 bytes for models, and ModelMesh ' +
        'does not start with less than 10000000: raise the request or lower the buffer',
    ]);
  });

  it('needs settings that the adapter can read, and reports one that cannot be read once', () => {
    expect(servingRuntimeProblems(adapted({}, { env: [EnvVariable.value('DEFAULT_MODELSIZE', '1MB')] }))).toEqual([
      "variable 'DEFAULT_MODELSIZE' of the adapter is '1MB', with which the adapter does not start: use a whole number from 1 to 9007199254740991",
    ]);
  });

  it.each(['maxLoadingConcurrency', 'perModelConcurrencyLimit'])('bounds %s', (property) => {
    expect(servingRuntimeProblems(adapted({ [property]: 1 }))).toEqual([]);
    expect(servingRuntimeProblems(adapted({ [property]: 0 }))).toEqual([`${property} is '0': use a whole number from 1 to 2147483647`]);
    expect(servingRuntimeProblems(adapted({ [property]: 1.5 }))).toEqual([`${property} is '1.5': use a whole number from 1 to 2147483647`]);
  });

  it.each(['maxLoadingConcurrency', 'perModelConcurrencyLimit'])('is the only one that takes %s', (property) => {
    expect(problemsWith({ [property]: 1 })).toEqual([`${property} is read by built-in adapters only: remove it`]);
  });
});

describe('a volume', () => {
  it.each<RuntimeVolume>([
    { name: 'v', emptyDirSizeLimit: Size.gibibytes(1), emptyDirInMemory: true },
    { name: 'v', configMapName: 'c.d' },
    { name: 'v', secretName: 's.t' },
    { name: 'v', claimName: 'claim.a' },
  ])('may be %j', (volume) => {
    expect(problemsWith({ volumes: [volume] })).toEqual([]);
  });

  it('needs a name that is none of ModelMesh', () => {
    expect(problemsWith({ volumes: ['V', 'tls-certs'].map((name) => ({ name, secretName: 's' })) })).toEqual([
      `volume name 'V' is not valid: ${LABEL}`,
      "volume name 'tls-certs' is reserved for ModelMesh (storage-config, etcd-config, tc-config, domain-socket, models-dir, tls-certs, mm-*): " +
        'choose another',
    ]);
  });

  it.each([
    [0, { name: 'v' }],
    [2, { name: 'v', secretName: 's', claimName: 'c' }],
  ])('may not have %d sources', (count, volume) => {
    expect(problemsWith({ volumes: [volume] })).toEqual([
      `volume 'v' has ${count} sources: give one of emptyDirSizeLimit, configMapName, secretName, claimName`,
    ]);
  });

  it('needs a size in memory', () => {
    expect(problemsWith({ volumes: [{ name: 'v', secretName: 's', emptyDirInMemory: true }] })).toEqual([
      "volume 'v' is to be in memory and has no size: set emptyDirSizeLimit",
    ]);
  });

  it('needs a source of a valid name', () => {
    const volumes = [
      { name: 'a', configMapName: 'A' },
      { name: 'b', secretName: 'B' },
      { name: 'c', claimName: 'C' },
    ];
    expect(problemsWith({ volumes })).toEqual([
      `ConfigMap 'A' is not valid: ${SUBDOMAIN}`,
      `Secret 'B' is not valid: ${SUBDOMAIN}`,
      `claim 'C' is not valid: ${SUBDOMAIN}`,
    ]);
  });
});

describe('autoscaling', () => {
  it.each<RuntimeAutoscaling>([
    { maxReplicas: 1 },
    { minReplicas: 3, maxReplicas: 3, targetUtilizationPercent: 1 },
    { maxReplicas: 65535, metric: AutoscalingMetric.MEMORY, targetUtilizationPercent: 100 },
  ])('may be %j', (autoscaling) => {
    expect(problemsWith({ autoscaling })).toEqual([]);
  });

  it('may not be out of bounds', () => {
    const metric = 'rps' as AutoscalingMetric;
    expect(problemsWith({ autoscaling: { minReplicas: 0, maxReplicas: 65536, metric, targetUtilizationPercent: 101 } })).toEqual([
      "minReplicas of autoscaling is '0': use a whole number from 1 to 65535",
      "maxReplicas of autoscaling is '65536': use a whole number from 1 to 65535",
      "targetUtilizationPercent of autoscaling is '101': use a whole number from 1 to 100",
      "metric 'rps' of autoscaling is not known to ModelMesh: use one of cpu, memory",
    ]);
  });

  it('may not be reversed', () => {
    expect(problemsWith({ autoscaling: { minReplicas: 3, maxReplicas: 2, targetUtilizationPercent: 0 } })).toEqual([
      'maxReplicas of autoscaling (2) is less than minReplicas (3): raise it',
      "targetUtilizationPercent of autoscaling is '0': use a whole number from 1 to 100",
    ]);
  });

  it('needs a number of pods', () => {
    expect(problemsWith({ autoscaling: {} as RuntimeAutoscaling })).toEqual([
      "maxReplicas of autoscaling is 'NaN': use a whole number from 1 to 65535",
    ]);
  });
});

describe('a toleration', () => {
  it.each<RuntimeToleration>([
    { operator: 'Exists' },
    { key: 'example.com/gpu', value: 'a100', effect: 'NoSchedule' },
    { key: 'gpu', operator: 'Equal', effect: 'PreferNoSchedule' },
    { key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 },
  ])('may be %j', (toleration) => {
    expect(problemsWith({ tolerations: [toleration] })).toEqual([]);
  });

  it.each<[RuntimeToleration, string]>([
    [{ key: 'a b', operator: 'Exists' }, `toleration key 'a b' is not valid: ${VALUE}`],
    [{ key: 'a', value: 'b c' }, `value of toleration 'a' 'b c' is not valid: ${VALUE}`],
    [{ key: 'a', operator: 'exists' }, "operator 'exists' of a toleration is not valid: use 'Equal' or 'Exists'"],
    [{ key: 'a', operator: 'Exists', value: 'b' }, "toleration with operator 'Exists' has the value 'b': remove it"],
    [{ value: 'b' }, "toleration without a key needs the operator 'Exists'"],
    [{ key: 'a', effect: 'Evict' }, "effect 'Evict' of a toleration is not valid: use 'NoSchedule', 'PreferNoSchedule' or 'NoExecute'"],
    [{ key: 'a', effect: 'NoExecute', tolerationSeconds: 0.5 }, "tolerationSeconds is '0.5': use a whole number from 0 to 2147483647"],
    [
      { key: 'a', tolerationSeconds: 60 },
      "toleration has tolerationSeconds (60) without the effect 'NoExecute': set the effect, or remove the seconds",
    ],
  ])('may not be %j', (toleration, problem) => {
    expect(problemsWith({ tolerations: [toleration] })).toEqual([problem]);
  });
});
