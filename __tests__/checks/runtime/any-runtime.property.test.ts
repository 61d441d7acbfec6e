import fc from 'fast-check';
import { Severity } from '../../../lib/checks/rule';
import { runChecks } from '../../../lib/checks/run-checks';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';
import { refusalsOf } from '../../../lib/modelmesh/runtime/validation';
import { runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { servingRuntimeProblems } from '../../../lib/runtime/serving-runtime-problems';
import { anyRuntime } from '../../runtime/arbitraries';
import { demandViolations } from '../../runtime/controller-demands';
import { runtimeManifest } from '../../runtime/helpers';
import type { Manifest as Json } from '../../support/synth';
import { RULES } from './runtimes';

function errorsIn(manifest: Json): string[] {
  const set = new ManifestSet([new Manifest(JSON.parse(JSON.stringify(manifest)))]);
  return runChecks(set, RULES)
    .filter(({ severity }) => severity === Severity.ERROR)
    .map(({ code, message }) => `${code} ${message}`);
}

/** One thing that a hand could write into a manifest, and that some rule finds. */
type Spoil = (manifest: Json) => void;

const container =
  (change: (container: Json) => void): Spoil =>
  ({ spec }) =>
    change(spec.containers[0]);
const add = (object: Json, list: string, item: object): void => {
  object[list] = [...(object[list] ?? []), item];
};
const annotated =
  (annotations: object): Spoil =>
  (manifest) => {
    manifest.metadata.annotations = { ...manifest.metadata.annotations, ...annotations };
    if ('serving.kserve.io/autoscalerClass' in annotations) delete manifest.spec.replicas;
  };

const SPOILS: readonly (readonly [string, Spoil])[] = [
  ['no endpoint', ({ spec }) => delete spec.grpcEndpoint],
  ['a reserved container name', container((server) => (server.name = 'mm-server'))],
  ['a readinessProbe', container((server) => (server.readinessProbe = {}))],
  ['a lifecycle', container((server) => (server.lifecycle = {}))],
  ['a reserved mount', container((server) => add(server, 'volumeMounts', { name: 'etcd-config', mountPath: '/etcd' }))],
  ['a reserved port name', container((server) => add(server, 'ports', { name: 'prometheus', containerPort: 9999 }))],
  ['a reserved port', container((server) => add(server, 'ports', { containerPort: 8089 }))],
  ['a port of the range', container((server) => add(server, 'ports', { containerPort: 11881 }))],
  ['a taken port', container((server) => add(server, 'ports', { containerPort: 8033 }))],
  ['a reserved volume', ({ spec }) => add(spec, 'volumes', { name: 'models-dir' })],
  ['a pod label of the selector', ({ spec }) => (spec.labels = { ...spec.labels, name: 'x' })],
  ['containers of one name', ({ spec }) => spec.containers.push({ ...spec.containers[0] })],
  ['an unknown class', annotated({ 'serving.kserve.io/autoscalerClass': 'external' })],
  [
    'fewer most than fewest pods',
    annotated({ 'serving.kserve.io/autoscalerClass': 'hpa', 'serving.kserve.io/min-scale': '3', 'serving.kserve.io/max-scale': '2' }),
  ],
  ['an unknown metric', annotated({ 'serving.kserve.io/autoscalerClass': 'hpa', 'serving.kserve.io/metrics': 'rps' })],
];

test('a runtime in which the construct finds nothing has no error', () => {
  fc.assert(
    fc.property(anyRuntime, (props) => {
      fc.pre(servingRuntimeProblems(props).length === 0);
      const manifest = runtimeManifest(props);
      expect(errorsIn(manifest)).toEqual(props.disabled === true ? [] : demandViolations(manifest));
      const set = new ManifestSet([new Manifest(manifest)]);
      expect(refusalsOf(set, runtimesOf(set)[0]!)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each(SPOILS)('%s is an error in every runtime', (_case, spoil) => {
  fc.assert(
    fc.property(anyRuntime, (props) => {
      fc.pre(servingRuntimeProblems(props).length === 0);
      const manifest = JSON.parse(JSON.stringify(runtimeManifest({ ...props, disabled: false })));
      spoil(manifest);
      expect(demandViolations(manifest)).not.toEqual([]);
      expect(errorsIn(manifest)).not.toEqual([]);
    }),
    { numRuns: 20 },
  );
});
