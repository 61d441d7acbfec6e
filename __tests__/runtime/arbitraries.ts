import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { BuiltInServer, RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import type { RuntimeContainer, RuntimeProbe, RuntimeToleration, RuntimeVolume } from '../../lib/runtime/runtime-container';
import { AutoscalingMetric, type ServingRuntimeProps } from '../../lib/runtime/serving-runtime-props';
import { ModelFormat } from '../../lib/values/model-format';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { RuntimeEndpoint } from '../../lib/values/runtime-endpoint';

// Made once: fast-check takes milliseconds to prepare an arbitrary from a regular expression.
const NAME = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const VARIABLES = fc
  .uniqueArray(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/), { maxLength: 3 })
  .map((names) => names.map((key) => EnvVariable.value(key, key)));
const LABEL_VALUE = fc.stringMatching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?)?$/);
const IMAGE = fc.tuple(NAME, NAME).map(([repository, tag]) => `example.com/${repository}:v${tag}`);

// With a prefix a name cannot be one of ModelMesh's own, whatever is drawn.
const prefixed = (prefix: string): fc.Arbitrary<string> => NAME.map((text) => `${prefix}${text}`);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const LABELS = optional(fc.dictionary(NAME, LABEL_VALUE, { maxKeys: 3 }));
const POD_LABELS = optional(fc.dictionary(prefixed('l-'), LABEL_VALUE, { maxKeys: 3 }));

const probe: fc.Arbitrary<RuntimeProbe> = fc
  .tuple(
    fc.constantFrom<RuntimeProbe>({ command: ['true'] }, { port: 9100 }, { port: 9100, httpPath: '/live' }),
    fc.record({ periodSeconds: fc.integer({ min: 1, max: 86400 }), initialDelaySeconds: fc.nat(86400) }, { requiredKeys: [] }),
  )
  .map(([target, timing]) => ({ ...target, ...timing }));

const volume: fc.Arbitrary<RuntimeVolume> = fc
  .tuple(
    prefixed('v-'),
    fc.oneof(
      fc.record({
        emptyDirSizeLimit: fc.integer({ min: 1, max: 4096 }).map((mib) => Size.mebibytes(mib)),
        emptyDirInMemory: optional(fc.boolean()),
      }),
      fc.record({ configMapName: NAME }),
      fc.record({ secretName: NAME }),
      fc.record({ claimName: NAME }),
    ),
  )
  .map(([volumeName, source]) => ({ name: volumeName, ...source }));

// Memory of at least 256 MiB, so that a buffer of at most 128 MiB leaves enough for models.
const resources = fc
  .record({
    request: fc.integer({ min: 256, max: 8192 }),
    more: optional(fc.nat(4096)),
    cpu: optional(fc.integer({ min: 0, max: 5000 })),
    gpus: optional(fc.nat(8)),
  })
  .map(({ request, more, cpu, gpus }) => ({
    memoryRequest: Size.mebibytes(request),
    memoryLimit: more === undefined ? undefined : Size.mebibytes(request + more),
    cpuRequest: cpu === undefined ? undefined : Cpu.millis(cpu),
    gpus,
  }));

/** The ports and their names are the test's own business: they must differ between the containers of a pod. */
const container = (containerName: string, ports: readonly number[], volumeNames: readonly string[]): fc.Arbitrary<RuntimeContainer> =>
  fc.record({
    name: fc.constant(containerName),
    image: IMAGE,
    command: optional(fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
    args: optional(fc.array(fc.string(), { maxLength: 3 })),
    env: optional(VARIABLES),
    resources: optional(resources),
    ports: fc.constant(ports.map((port) => ({ port, name: `p-${port}` }))),
    volumeMounts: fc
      .subarray([...volumeNames])
      .map((names) =>
        names.map((volumeName, index) => ({ volumeName, mountPath: `/mnt/${index}`, subPath: index === 0 ? undefined : 'a/b' })),
      ),
    livenessProbe: optional(probe),
    startupProbe: optional(probe),
    userId: optional(fc.integer({ min: 1, max: 65535 })),
    runAsNonRoot: optional(fc.boolean()),
  });

const adapter = fc.oneof(
  fc.constant(RuntimeAdapter.puller()),
  fc.constant(RuntimeAdapter.ownApi()),
  fc
    .record({
      server: fc.constantFrom(...Object.values(BuiltInServer)),
      buffer: fc.integer({ min: 0, max: 128 }),
      millis: fc.integer({ min: 100, max: 600_000 }),
    })
    .map(({ server, buffer, millis }) =>
      RuntimeAdapter.builtIn({
        server,
        managementPort: 7071,
        memoryBuffer: Size.mebibytes(buffer),
        modelLoadingTimeout: Duration.millis(millis),
      }),
    ),
);

const FORMATS = ['sklearn', 'onnx', 'own_format'].flatMap((format) => [ModelFormat.of(format), ModelFormat.of(format, '1')]);

/** Any runtime that is made of valid parts. Its ports begin at 9001, its volumes with `v-`. */
export const anyRuntime: fc.Arbitrary<ServingRuntimeProps> = fc
  .record({ adapter, volumes: fc.uniqueArray(volume, { maxLength: 3, selector: (one) => one.name }), size: fc.integer({ min: 1, max: 3 }) })
  .chain(({ adapter: drawn, volumes, size }) => {
    const containerNames = Array.from({ length: size }, (_, index) =>
      index === 0 && drawn.server !== undefined ? drawn.server : `c-${index}`,
    );
    const volumeNames = volumes.map((one) => one.name);
    const scale = fc.constantFrom<Partial<ServingRuntimeProps>>(
      {},
      { replicas: 0 },
      { replicas: 65535 },
      { autoscaling: { maxReplicas: 1 } },
      { autoscaling: { minReplicas: 2, maxReplicas: 9, metric: AutoscalingMetric.MEMORY, targetUtilizationPercent: 100 } },
    );
    const concurrency = drawn.server === undefined ? fc.constant(undefined) : optional(fc.integer({ min: 1, max: 100 }));
    return fc
      .record({
        runtimeName: NAME,
        formats: fc
          .subarray(FORMATS, { minLength: 1 })
          .map((formats) => formats.map((format, index) => ({ format, autoSelect: index > 0 || undefined }))),
        adapter: fc.constant(drawn),
        containers: fc.tuple(...containerNames.map((one, index) => container(one, [9001 + index], volumeNames))),
        volumes: fc.constant(volumes),
        dataEndpoint: optional(fc.constant(RuntimeEndpoint.port(9001))),
        protocolVersions: optional(fc.constant<ProtocolVersion[]>([ProtocolVersion.GRPC_V2])),
        maxLoadingConcurrency: concurrency,
        perModelConcurrencyLimit: concurrency,
        disabled: optional(fc.boolean()),
        clusterScoped: optional(fc.boolean()),
        nodeSelector: LABELS,
        tolerations: optional(fc.constant<RuntimeToleration[]>([{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoSchedule' }])),
        imagePullSecrets: optional(fc.array(NAME, { maxLength: 2 })),
        labels: LABELS,
        annotations: LABELS,
        podLabels: POD_LABELS,
        podAnnotations: LABELS,
      })
      .chain((props) => scale.map((chosen) => ({ ...props, ...chosen })));
  });
