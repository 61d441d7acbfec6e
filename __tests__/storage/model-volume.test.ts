import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelVolume, type IModelVolume, type ModelVolumeProps } from '../../lib/storage/model-volume';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestOf, manifestsOf, problemsOf, type Manifest } from '../support/synth';

const LABEL_REMEDY = "use lower-case letters, digits and '-', begin and end with a letter or digit";
const NO_MESH = 'belongs to no mesh: use it in a model (volume.at) or add it with mesh.addVolume(volume)';

/** The claim of a volume that a mesh has taken. */
function claimOf(props: Partial<ModelVolumeProps> = {}): Manifest {
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1), ...props });
  new ModelMesh(chart, 'mesh').addVolume(volume);
  expect(problemsOf(chart)).toEqual([]);
  return manifestOf(chart, 'PersistentVolumeClaim');
}

/** The problems of a volume that a mesh has taken, without their path. */
function problemsWith(props: Partial<ModelVolumeProps>): string[] {
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1), ...props });
  new ModelMesh(chart, 'mesh').addVolume(volume);
  return problemsOf(chart).map((problem) => problem.replace(/^\[test\/volume\] /, ''));
}

test('the claim of the worked example', () => {
  expect(claimOf()).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'my-models-pvc',
      namespace: 'modelmesh-serving',
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
  });
});

test('every property reaches the manifest', () => {
  const props: Required<ModelVolumeProps> = {
    claimName: 'other-claim',
    size: Size.mebibytes(512),
    storageClassName: 'fast.example.com',
    accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_ONLY_MANY],
    keepInCluster: false,
    bindsOnFirstUse: true,
    uploader: true,
    labels: { team: 'vision' },
    annotations: { 'example.com/note': 'yes' },
  };
  const chart = makeChart();
  new ModelMesh(chart, 'mesh', { namespace: 'other' }).addVolume(new ModelVolume(chart, 'volume', props));
  expect(problemsOf(chart)).toEqual([]);
  expect(manifestOf(chart, 'PersistentVolumeClaim')).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'other-claim',
      namespace: 'other',
      labels: { team: 'vision' },
      annotations: { 'argocd.argoproj.io/sync-wave': '0', 'example.com/note': 'yes' },
    },
    spec: {
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
      resources: { requests: { storage: '512Mi' } },
      storageClassName: 'fast.example.com',
      volumeMode: 'Filesystem',
    },
  });
  expect(manifestOf(chart, 'Pod').spec.volumes).toEqual([
    { name: 'models', persistentVolumeClaim: { claimName: 'other-claim', readOnly: false } },
  ]);
});

test.each([
  [Size.mebibytes(512), '512Mi'],
  [Size.tebibytes(1), '1Ti'],
  [Size.gibibytes(1.5), '1.5Gi'],
  [Size.gibibytes(1024), '1024Gi'],
  [Size.kibibytes(1), '1Ki'],
])('the size keeps the unit that it was given in: %#', (size, quantity) => {
  expect(claimOf({ size }).spec.resources).toEqual({ requests: { storage: quantity } });
});

test('annotations of the caller stand beside those for Argo CD, and win', () => {
  expect(claimOf({ annotations: { 'example.com/note': 'yes' } }).metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'example.com/note': 'yes',
  });
  expect(claimOf({ annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } }).metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Replace=true',
  });
});

test('no uploader unless asked for', () => {
  const chart = makeChart();
  new ModelMesh(chart, 'mesh').addVolume(new ModelVolume(chart, 'volume', { claimName: 'a', size: Size.gibibytes(1) }));
  expect(manifestsOf(chart).map((object) => object.kind)).toEqual(['Namespace', 'Secret', 'PersistentVolumeClaim']);
});

test('the claim can be reached to change what has no property', () => {
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', { claimName: 'a', size: Size.gibibytes(1) });
  new ModelMesh(chart, 'mesh').addVolume(volume);
  ApiObject.of(volume.claim).metadata.addLabel('late', 'yes');
  expect(manifestOf(chart, 'PersistentVolumeClaim').metadata.labels).toEqual({ late: 'yes' });
});

describe('problems', () => {
  test.each([
    [{ claimName: 'My_Claim' }, `claim name 'My_Claim' is not valid: ${LABEL_REMEDY}`],
    [{ claimName: 'a.b' }, `claim name 'a.b' is not valid: ${LABEL_REMEDY}`],
    [{ claimName: 'a'.repeat(64) }, `claim name '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed: shorten it`],
    [{ claimName: undefined as unknown as string }, `claim name 'undefined' is not valid: ${LABEL_REMEDY}`],
    [
      { storageClassName: '' },
      "storage class '' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ],
    [{ size: Size.gibibytes(0) }, "claim size '0Gi' is not valid: use more than 0"],
    [{ accessModes: [] }, 'access modes are empty: name at least one, or leave them out for ReadWriteMany'],
    [
      { labels: { a: 'b c' } },
      "value of label 'a' 'b c' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [{ annotations: { a: 1 as unknown as string } }, "value of annotation 'a' is '1': write it as a string"],
  ])('%j', (props, problem) => {
    expect(problemsWith(props)).toEqual([problem]);
  });

  test.each(['models-dir', 'storage-config', 'tc-config', 'etcd-config', 'domain-socket', 'tls-certs'])(
    '%s is a volume of ModelMesh',
    (claimName) => {
      const problem = `claim name '${claimName}' is a name of ModelMesh's own volumes (models-dir, storage-config, tc-config, etcd-config, domain-socket, tls-certs): choose another`;
      expect(problemsWith({ claimName })).toEqual([problem]);
      const chart = makeChart();
      ModelVolume.fromClaimName(chart, 'volume', claimName);
      expect(problemsOf(chart)).toEqual([`[test/volume] ${problem}`]);
    },
  );

  test('a volume that no mesh has taken', () => {
    const chart = makeChart();
    new ModelVolume(chart, 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1), uploader: true });
    expect(problemsOf(chart)).toEqual([`[test/volume] volume 'my-models-pvc' ${NO_MESH}`]);
  });

  test('all at once', () => {
    const chart = makeChart();
    new ModelVolume(chart, 'volume', {
      claimName: 'A',
      size: Size.mebibytes(0),
      storageClassName: 'B',
      accessModes: [],
      labels: { c: ' ' },
      annotations: { 'd e': 'f' },
    });
    expect(problemsOf(chart)).toHaveLength(7);
  });

  test('a size that is no number', () => {
    expect(() => new ModelVolume(makeChart(), 'volume', { claimName: 'a', size: Size.gibibytes(NaN) })).toThrow(
      new Error("size 'NaNGi' is not a quantity of Kubernetes: use a plain number in another unit"),
    );
  });

  test('a second uploader', () => {
    const volume = new ModelVolume(makeChart(), 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1), uploader: true });
    expect(() => volume.addUploader({ podName: 'other' })).toThrow(
      new Error("volume 'my-models-pvc' has an uploader already: leave out 'uploader: true', or the second addUploader()"),
    );
  });

  test('a path that is not valid', () => {
    const message = new Error(
      "model source of type 'pvc': path '/mnist' is not valid: use a relative path such as 'mnist' or 'mnist/v2/model.joblib', without '..', '.', empty parts or surrounding white space",
    );
    const chart = makeChart();
    expect(() => new ModelVolume(chart, 'volume', { claimName: 'a', size: Size.gibibytes(1) }).at('/mnist')).toThrow(message);
    expect(() => ModelVolume.fromClaimName(chart, 'existing', 'b').at('/mnist')).toThrow(message);
  });
});

describe('the mesh of a volume', () => {
  const volumeIn = (chart = makeChart()) => ({
    chart,
    volume: new ModelVolume(chart, 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1), uploader: true }) as IModelVolume,
    a: new ModelMesh(chart, 'a', { namespace: 'a' }),
    b: new ModelMesh(chart, 'b', { namespace: 'b' }),
  });

  test('gives its namespace to the claim and its uploader, also when it comes through a model', () => {
    const { chart, volume, b } = volumeIn();
    b.addModel('mnist', { format: ModelFormat.ONNX, source: volume.at('mnist') });
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestOf(chart, 'PersistentVolumeClaim').metadata.namespace).toBe('b');
    expect(manifestOf(chart, 'Pod').metadata.namespace).toBe('b');
  });

  test('may take it twice', () => {
    const { chart, volume, a } = volumeIn();
    a.addVolume(volume);
    a.addVolume(volume);
    a.addModel('mnist', { format: ModelFormat.ONNX, source: volume.at('mnist') });
    expect(a.volumes).toEqual([volume]);
    expect(problemsOf(chart)).toEqual([]);
  });

  test('must be the only one', () => {
    const { volume, a, b } = volumeIn();
    a.addVolume(volume);
    const message = new Error(
      "volume 'my-models-pvc' belongs to the mesh in namespace 'a' already and cannot join the one in 'b': declare one of its own there",
    );
    expect(() => b.addVolume(volume)).toThrow(message);
    expect(() => b.addModel('mnist', { format: ModelFormat.ONNX, source: volume.at('mnist') })).toThrow(message);
    expect(b.volumes).toEqual([]);
    expect(b.models).toEqual([]);
  });
});

describe('an existing claim', () => {
  test('makes no object, and may serve meshes of several namespaces', () => {
    const chart = makeChart();
    const volume = ModelVolume.fromClaimName(chart, 'volume', 'shared');
    for (const namespace of ['a', 'b']) new ModelMesh(chart, namespace, { namespace }).addVolume(volume);
    expect(problemsOf(chart)).toEqual([]);
    expect(volume.claimName).toBe('shared');
    expect(manifestsOf(chart).map((object) => `${object.kind} ${object.metadata.namespace ?? object.metadata.name}`)).toEqual([
      'Namespace a',
      'Secret a',
      'Namespace b',
      'Secret b',
    ]);
  });

  test('needs no mesh, but a valid name', () => {
    const chart = makeChart();
    ModelVolume.fromClaimName(chart, 'good', 'a');
    ModelVolume.fromClaimName(chart, 'bad', 'B');
    expect(problemsOf(chart)).toEqual([`[test/bad] claim name 'B' is not valid: ${LABEL_REMEDY}`]);
  });
});

test('what the caller does to its objects afterwards changes neither manifest nor problems', () => {
  const labels: { [key: string]: string } = { team: 'vision' };
  const annotations: { [key: string]: string } = { note: 'yes' };
  const accessModes = [PersistentVolumeAccessMode.READ_WRITE_ONCE];
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', {
    claimName: 'a',
    size: Size.gibibytes(1),
    labels,
    annotations,
    accessModes,
    uploader: true,
  });
  new ModelMesh(chart, 'mesh').addVolume(volume);
  const before = JSON.stringify(manifestsOf(chart));
  labels['not valid'] = annotations['not valid'] = '-';
  accessModes.pop();
  expect(JSON.stringify(manifestsOf(chart))).toBe(before);
  expect(problemsOf(chart)).toEqual([]);
});

test('the claim is the object by which ApiObject.of finds the volume, for changes that no property offers', () => {
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', { claimName: 'models', size: Size.gibibytes(1) });
  new ModelMesh(chart, 'mesh').addVolume(volume);
  ApiObject.of(volume).addJsonPatch(JsonPatch.add('/spec/volumeName', 'pv-1'));
  expect(manifestOf(chart, 'PersistentVolumeClaim').spec.volumeName).toBe('pv-1');
});
