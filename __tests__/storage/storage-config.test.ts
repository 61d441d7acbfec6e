import { Size } from 'cdk8s';
import fc from 'fast-check';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelVolume } from '../../lib/storage/model-volume';
import { StorageConfig, StorageConfigSecret, type StorageConfigProps } from '../../lib/storage/storage-config';
import { makeChart, manifestOf, manifestsOf, problemsOf, type Manifest } from '../support/synth';

// cdk8s sorts all keys by itself, unless this is set: the order has to be right without its help.
beforeAll(() => {
  process.env['CDK8S_DISABLE_SORT'] = 'true';
});
afterAll(() => {
  delete process.env['CDK8S_DISABLE_SORT'];
});

const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** The Secret of a mesh with these claims, added in this order. */
function secretOf(...claimNames: string[]): Manifest {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh');
  for (const [index, claimName] of claimNames.entries()) mesh.addVolume(ModelVolume.fromClaimName(chart, `volume-${index}`, claimName));
  return manifestOf(chart, 'Secret');
}

test('the Secret of the worked example', () => {
  expect(secretOf('my-models-pvc')).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'storage-config', namespace: 'modelmesh-serving', annotations: KEPT },
    immutable: false,
    stringData: { 'my-models-pvc': '{"type":"pvc","name":"my-models-pvc"}' },
  });
});

test('a mesh without volumes has a Secret too, since every runtime pod mounts it', () => {
  expect(secretOf()).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'storage-config', namespace: 'modelmesh-serving', annotations: KEPT },
    immutable: false,
    stringData: {},
  });
});

test('entries are the same text whatever the order in which volumes were added', () => {
  const claims = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      claims.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length }))),
      ([names, shuffled]) => {
        const data = secretOf(...names).stringData;
        expect(JSON.stringify(secretOf(...shuffled).stringData)).toBe(JSON.stringify(data));
        expect(Object.keys(data)).toEqual([...names].sort());
      },
    ),
    { numRuns: 30 },
  );
});

test('every value is a JSON object of strings with its own type and name', () => {
  const data = secretOf('b', 'a', '0', '10', '9').stringData;
  expect(Object.entries(data).map(([key, value]) => [key, JSON.parse(value as string)])).toEqual(
    ['0', '9', '10', 'a', 'b'].map((name) => [name, { type: 'pvc', name }]),
  );
});

test('claims that are added after the Secret was declared are in it', () => {
  const chart = makeChart();
  const claimNames = ['b'];
  new StorageConfigSecret(chart, 'config', {
    config: StorageConfig.generated({ secretName: 'stores' }),
    namespace: 'mesh',
    claimNames: () => claimNames,
  });
  claimNames.push('a');
  expect(manifestsOf(chart)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'stores', namespace: 'mesh', annotations: KEPT },
      immutable: false,
      stringData: { a: '{"type":"pvc","name":"a"}', b: '{"type":"pvc","name":"b"}' },
    },
  ]);
  expect(claimNames).toEqual(['b', 'a']);
});

test('the same claim of a declared and of an existing volume makes one entry each in its own mesh', () => {
  const chart = makeChart();
  new ModelMesh(chart, 'a', { namespace: 'a' }).addVolume(new ModelVolume(chart, 'v', { claimName: 'models', size: Size.gibibytes(1) }));
  new ModelMesh(chart, 'b', { namespace: 'b' }).addVolume(ModelVolume.fromClaimName(chart, 'w', 'models'));
  const secrets = manifestsOf(chart).filter((object) => object.kind === 'Secret');
  expect(secrets.map((secret) => [secret.metadata.namespace, secret.stringData])).toEqual([
    ['a', { models: '{"type":"pvc","name":"models"}' }],
    ['b', { models: '{"type":"pvc","name":"models"}' }],
  ]);
});

describe('who makes the Secret', () => {
  test.each([
    [StorageConfig.generated(), { secretName: 'storage-config', isGenerated: true }],
    [StorageConfig.generated({ secretName: 'stores' }), { secretName: 'stores', isGenerated: true }],
    [StorageConfig.fromSecretName(), { secretName: 'storage-config', isGenerated: false }],
    [StorageConfig.fromSecretName('stores'), { secretName: 'stores', isGenerated: false }],
  ])('%j', (config, expected) => {
    expect({ secretName: config.secretName, isGenerated: config.isGenerated }).toEqual(expected);
  });
});

test('every property of StorageConfigProps reaches the Secret', () => {
  const props: Required<StorageConfigProps> = {
    secretName: 'stores',
    keepInCluster: false,
    labels: { team: 'ml' },
    annotations: { 'example.com/note': 'kept' },
  };
  const chart = makeChart();
  new ModelMesh(chart, 'mesh', { storageConfig: StorageConfig.generated(props) });
  expect(manifestOf(chart, 'Secret').metadata).toEqual({
    name: 'stores',
    namespace: 'modelmesh-serving',
    labels: { team: 'ml' },
    annotations: { 'example.com/note': 'kept' },
  });
});

test('labels and annotations are checked', () => {
  const chart = makeChart();
  new ModelMesh(chart, 'mesh', { storageConfig: StorageConfig.generated({ labels: { a: ' ' }, annotations: { ' ': '' } }) });
  expect(problemsOf(chart)).toEqual([
    "[test/mesh/StorageConfig] value of label 'a' ' ' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    "[test/mesh/StorageConfig] annotation key ' ' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
  ]);
});
