import * as fc from 'fast-check';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { runChecks } from '../../../lib/checks/run-checks';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';

const RULES = CATALOGUE.filter(({ code }) => code.startsWith('MM3'));

const anything = fc.anything({ maxDepth: 2, withNullPrototype: true });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: value as fc.Arbitrary<unknown> }, anything);
const text = fc.oneof(
  fc.constantFrom('', 'a', 'pvc', 's3', 'gcs', 'azure', 'http', 'pvc://a/p', 's3:///', 'https://a.blob.core.windows.net', 'default', '/'),
  fc.string(),
);
const metadata = (annotations: fc.Arbitrary<unknown> = anything) =>
  sometimes(
    fc.record(
      {
        name: sometimes(fc.constantFrom('a', 'storage-config', 'model-serving-config')),
        namespace: sometimes(fc.constantFrom('', 'ns')),
        annotations,
      },
      { requiredKeys: ['name'] },
    ),
  );
const entry = sometimes(fc.json({ maxDepth: 1 }));
const jsonOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : value);

const model = fc.record({
  apiVersion: fc.constant('serving.kserve.io/v1beta1'),
  kind: fc.constant('InferenceService'),
  metadata: metadata(fc.constant({ 'serving.kserve.io/deploymentMode': 'ModelMesh' })),
  spec: sometimes(
    fc.record({
      predictor: sometimes(
        fc.record({
          model: sometimes(
            fc.record({
              storageUri: sometimes(text),
              storage: sometimes(
                fc.record({ key: sometimes(text), path: sometimes(text), parameters: sometimes(fc.dictionary(text, sometimes(text))) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});
const secret = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Secret'),
  metadata: metadata(),
  data: sometimes(fc.dictionary(text, entry)),
  stringData: sometimes(
    fc.dictionary(
      text,
      fc.oneof(entry, fc.dictionary(fc.constantFrom('type', 'name', 'bucket', 'private_key'), sometimes(text)).map(jsonOf)),
    ),
  ),
});
const other = fc.record({
  apiVersion: fc.constantFrom('v1', 'serving.kserve.io/v1alpha1', 'external-secrets.io/v1'),
  kind: fc.constantFrom('ServingRuntime', 'PersistentVolumeClaim', 'ConfigMap', 'ExternalSecret', 'ClusterServingRuntime', 'Namespace'),
  metadata: metadata(),
  spec: sometimes(fc.record({ multiModel: fc.constant(true), volumes: anything, accessModes: anything, replicas: anything })),
  data: sometimes(fc.record({ 'config.yaml': sometimes(fc.constant('allowAnyPVC: true')) })),
});

test('whatever the manifests hold, the rules look at them without an error, and say what to do on one line', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(model, secret, other), { maxLength: 6 }), (objects) => {
      const set = new ManifestSet(objects.map((fields) => new Manifest(fields)));
      for (const { message } of runChecks(set, RULES)) expect(message).toMatch(/^[^\n]*[:;] [^\n]+$/);
    }),
    { numRuns: 500 },
  );
});

test('the mistakes of ten thousand models are found', () => {
  const model = (index: number) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: `m${index}`, namespace: `ns${index % 5}`, annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } },
    spec: { predictor: { model: { modelFormat: { name: 'f' }, storageUri: `pvc://c${index}/p`, storage: { key: 'e' } } } },
  });
  const data = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`e${index}`, JSON.stringify({ type: 'pvc', name: `c${index}` })]),
  );
  const secret = (index: number) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'storage-config', namespace: `ns${index}` },
    stringData: { ...data, e: '{"type":"pvc","name":"c"}' },
  });
  const runtime = (index: number) => ({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ClusterServingRuntime',
    metadata: { name: `r${index}` },
    spec: { multiModel: true },
  });
  const objects = [
    ...Array.from({ length: 10_000 }, (_, index) => model(index)),
    ...Array.from({ length: 5 }, (_, index) => secret(index)),
    ...Array.from({ length: 10 }, (_, index) => runtime(index)),
  ];
  const set = new ManifestSet(objects.map((fields) => new Manifest(fields)));
  expect(runChecks(set, RULES).length).toBeGreaterThan(9000);
}, 30_000);
