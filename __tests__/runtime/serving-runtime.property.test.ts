import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { BuiltInServer, RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import type { RuntimeContainer } from '../../lib/runtime/runtime-container';
import { servingRuntimeProblems } from '../../lib/runtime/serving-runtime-problems';
import type { ServingRuntimeProps } from '../../lib/runtime/serving-runtime-props';
import { anyRuntime } from './arbitraries';
import { demandViolations } from './controller-demands';
import { runtimeManifest } from './helpers';
import { schemaFindings } from './schema-findings';

/** A runtime with one thing made wrong, and the text by which a problem must quote it. */
type Corruption = (props: ServingRuntimeProps, index: number) => readonly [ServingRuntimeProps, string];

const withContainer = (props: ServingRuntimeProps, index: number, change: (container: RuntimeContainer) => Partial<RuntimeContainer>) => ({
  ...props,
  containers: props.containers.map((container, at) =>
    at === index % props.containers.length ? { ...container, ...change(container) } : container,
  ),
});
const builtIn = (props: ServingRuntimeProps, overrides: object): ServingRuntimeProps => ({
  ...props,
  // One container, of the server's name: the others of a drawn runtime may have that of its adapter.
  containers: [{ ...props.containers[0]!, name: 'triton' }],
  adapter: RuntimeAdapter.builtIn({ server: BuiltInServer.TRITON, managementPort: 7071, ...overrides }),
});
const inContainers = (change: (container: RuntimeContainer) => Partial<RuntimeContainer>, quoted: string): Corruption => {
  return (props, index) => [withContainer(props, index, change), quoted];
};
const added = <T>(values: readonly T[] | undefined, ...more: T[]): T[] => [...(values ?? []), ...more];

const CORRUPTIONS: readonly (readonly [string, Corruption])[] = [
  ['a reserved container name', inContainers(() => ({ name: 'mm-own' }), "'mm-own'")],
  ['a reserved port', inContainers(({ ports }) => ({ ports: added(ports, { port: 11890 }) }), 'port 11890')],
  ['a reserved port name', inContainers(({ ports }) => ({ ports: added(ports, { port: 9200, name: 'grpc' }) }), "'grpc'")],
  ['an impossible port', inContainers(({ ports }) => ({ ports: added(ports, { port: 65536 }) }), "'65536'")],
  ['an unpinned image', inContainers(() => ({ image: 'example.com/server:latest' }), "'example.com/server:latest'")],
  [
    'a memory request over the limit',
    inContainers(() => ({ resources: { memoryRequest: Size.mebibytes(901), memoryLimit: Size.mebibytes(900) } }), '901Mi'),
  ],
  ['a CPU request over the limit', inContainers(() => ({ resources: { cpuRequest: Cpu.millis(901), cpuLimit: Cpu.millis(900) } }), '901m')],
  ['a negative CPU request', inContainers(() => ({ resources: { cpuRequest: Cpu.millis(-1) } }), "'-1m'")],
  [
    'an unknown mounted volume',
    inContainers(({ volumeMounts }) => ({ volumeMounts: added(volumeMounts, { volumeName: 'cache', mountPath: '/c' }) }), "'cache'"),
  ],
  [
    'a reserved mount path',
    inContainers(
      ({ volumeMounts }) => ({ volumeMounts: added(volumeMounts, { volumeName: 'models-dir', mountPath: '/models' }) }),
      "'/models'",
    ),
  ],
  [
    'a relative mount path',
    inContainers(({ volumeMounts }) => ({ volumeMounts: added(volumeMounts, { volumeName: 'models-dir', mountPath: 'm' }) }), "'m'"),
  ],
  [
    'a subPath that leaves the volume',
    inContainers(
      ({ volumeMounts }) => ({ volumeMounts: added(volumeMounts, { volumeName: 'models-dir', mountPath: '/m', subPath: '../x' }) }),
      "'../x'",
    ),
  ],
  [
    'a variable twice',
    inContainers(({ env }) => ({ env: added(env, EnvVariable.value('Twice', '1'), EnvVariable.value('Twice', '2')) }), "'Twice'"),
  ],
  ['a probe without a target', inContainers(() => ({ livenessProbe: {} }), 'liveness probe')],
  ['a probe of a relative path', inContainers(() => ({ startupProbe: { port: 9100, httpPath: 'live' } }), "'live'")],
  ['a negative user', inContainers(() => ({ userId: -2 }), "'-2'")],
  [
    'containers of one name',
    (props) => [{ ...props, containers: added(props.containers, props.containers[0]!) }, `'${props.containers[0]!.name}'`],
  ],
  [
    'a port in two containers',
    (props) => [
      { ...props, containers: added(props.containers, { name: 'more', image: 'example.com/a:1', ports: [{ port: 9001 }] }) },
      "'9001'",
    ],
  ],
  [
    'a reserved volume name',
    (props) => [{ ...props, volumes: added(props.volumes, { name: 'etcd-config', secretName: 's' }) }, "'etcd-config'"],
  ],
  [
    'volumes of one name',
    (props) => [
      { ...props, volumes: added(props.volumes, { name: 'twice', secretName: 's' }, { name: 'twice', secretName: 't' }) },
      "'twice'",
    ],
  ],
  ['a volume without a source', (props) => [{ ...props, volumes: added(props.volumes, { name: 'nothing' }) }, "'nothing'"]],
  [
    'formats of one name',
    (props) => [{ ...props, formats: added(props.formats, props.formats[0]!) }, `'${props.formats[0]!.format.toString()}'`],
  ],
  ['no formats', (props) => [{ ...props, formats: [] }, 'formats']],
  ['an invalid name', (props) => [{ ...props, runtimeName: 'My_Runtime' }, "'My_Runtime'"]],
  ['too many replicas', (props) => [{ ...props, replicas: 65537, autoscaling: undefined }, "'65537'"]],
  ['replicas and autoscaling', (props) => [{ ...props, replicas: 7, autoscaling: { maxReplicas: 2 } }, '(7)']],
  ['a reversed scale', (props) => [{ ...props, replicas: undefined, autoscaling: { minReplicas: 9, maxReplicas: 8 } }, '(8)']],
  ['a reserved pod label', (props) => [{ ...props, podLabels: { ...props.podLabels, name: 'x' } }, "'name'"]],
  [
    'an annotation that ModelMesh acts on',
    (props) => [{ ...props, annotations: { ...props.annotations, productConfig: 'x' } }, "'productConfig'"],
  ],
  ['an invalid pull secret', (props) => [{ ...props, imagePullSecrets: added(props.imagePullSecrets, 'Registry') }, "'Registry'"]],
  ['an invalid node selector', (props) => [{ ...props, nodeSelector: { pool: 'g p u' } }, "'g p u'"]],
  ['an invalid toleration', (props) => [{ ...props, tolerations: added(props.tolerations, { key: 'a', effect: 'Evict' }) }, "'Evict'"]],
  [
    'capacity under the floor',
    (props) => [withContainer(builtIn(props, {}), 0, () => ({ resources: { memoryRequest: Size.mebibytes(137) } })), '137Mi'],
  ],
  ['a buffer that leaves nothing', (props) => [builtIn(props, { memoryBuffer: Size.gibibytes(64) }), '68719476736 bytes']],
  ['a setting that is no number', (props) => [builtIn(props, { env: [EnvVariable.value('LOADING_CONCURRENCY', 'two')] }), "'two'"]],
  [
    'a setting of ModelMesh itself',
    (props) => [builtIn(props, { env: [EnvVariable.value('MEM_BUFFER_BYTES', '0')] }), "'MEM_BUFFER_BYTES'"],
  ],
  ['a management port of ModelMesh', (props) => [builtIn(props, { managementPort: 8085 }), 'port 8085']],
  [
    'an adapter without its server',
    (props) => [{ ...builtIn(props, {}), containers: [{ name: 'other', image: 'example.com/a:1' }] }, "'triton'"],
  ],
];

describe('any runtime of valid parts', () => {
  it('has no problems and yields a manifest that nobody refuses', () => {
    fc.assert(
      fc.property(anyRuntime, (props) => {
        expect(servingRuntimeProblems(props)).toEqual([]);
        const manifest = runtimeManifest(props);
        expect(demandViolations(manifest)).toEqual([]);
        expect(schemaFindings([manifest])).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any runtime with one thing made wrong', () => {
  it.each(CORRUPTIONS)('quotes %s', (_case, corrupt) => {
    fc.assert(
      fc.property(anyRuntime, fc.nat(10), (props, index) => {
        const [corrupted, quoted] = corrupt(props, index);
        expect(servingRuntimeProblems(corrupted)).toContainEqual(expect.stringContaining(quoted));
      }),
      { numRuns: 50 },
    );
  });
});
