import path from 'node:path';
import { applyAll, storedObjects } from '../kubernetes/apply-all';
import { type Flavour, hasPublishedDefinitions, readDefinitions } from '../kubernetes/definitions';
import { foreignNamespaces, manifestFolders, needsAsm, readManifests } from '../kubernetes/manifests';
import { portableMesh } from '../kubernetes/portable-mesh';
import { type KubernetesObject, describeObject } from '../kubernetes/object';
import { describeWithServers } from '../servers/describe-with-servers';
import { repositoryRoot } from '../servers/settings';
import { TestCluster } from '../servers/test-cluster';

const meshes = [
  ...manifestFolders(path.join(repositoryRoot, 'dist')).map((folder) => ({
    name: `dist/${path.basename(folder)}`,
    manifests: readManifests(folder),
  })),
  { name: 'a mesh declared for plain Istio', manifests: portableMesh() },
];

const FLAVOURS: readonly { flavour: Flavour; definitions: string }[] = hasPublishedDefinitions
  ? [
      { flavour: 'ASM', definitions: 'the published definitions of ASM, and our own of ASMGrpcJsonTranscoder, of which none is public' },
      { flavour: 'Istio', definitions: 'the published definitions of Istio' },
    ]
  : [{ flavour: 'ASM', definitions: 'our own imports/schemas as definitions (the published ones are not here)' }];

describeWithServers.each(FLAVOURS)('a Kubernetes API server with $definitions', ({ flavour }) => {
  const hasAsm = flavour === 'ASM';
  const accepted = meshes.filter(({ manifests }) => hasAsm || !needsAsm(manifests));
  const needingAsm = meshes.filter(({ manifests }) => needsAsm(manifests));

  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour });
    await cluster.addNamespaces(...new Set(meshes.flatMap(({ manifests }) => foreignNamespaces(manifests))));
  });
  afterAll(() => cluster?.stop());

  test('has established every one of them', async () => {
    const definitions = readDefinitions(flavour).map(({ object }) => object);
    const found = await Promise.all(definitions.map((definition) => cluster.resources.find(definition)));
    const established = found.filter((definition) => /"type":"Established"/.test(JSON.stringify(definition?.status)));
    expect(established.map((definition) => definition?.metadata.name)).toEqual(definitions.map(({ metadata }) => metadata.name));
  });

  test.each(accepted)('takes every object of $name with strict validation, and has no warning', async ({ manifests }) => {
    expect(manifests.length).toBeGreaterThan(0);
    expect(await applyAll(cluster.resources, manifests)).toEqual([]);
  });

  test.each(accepted)('is as before when $name is applied again', async ({ manifests }) => {
    const first = await storedObjects(cluster.resources, manifests);
    expect(first.map(describeObject)).toEqual(manifests.map(({ object }) => describeObject(object)));
    expect(await applyAll(cluster.resources, manifests)).toEqual([]);
    const second = await storedObjects(cluster.resources, manifests);
    expect(second.map(withoutResourceVersion)).toEqual(first.map(withoutResourceVersion));
    // The server stores a new PersistentVolumeClaim once more, with equal content, at the second request; from then on not even that.
    expect(await applyAll(cluster.resources, manifests)).toEqual([]);
    expect(await storedObjects(cluster.resources, manifests)).toEqual(second);
  });

  test('refuses a manifest with a field that its kind does not have', async () => {
    const [model] = portableMesh().filter(({ object }) => object.kind === 'InferenceService');
    const misspelt = { ...model!, text: model!.text.replace('"modelFormat"', '"modelFormt"') };
    expect(await applyAll(cluster.resources, [misspelt], { dryRun: true })).toEqual([
      'InferenceService.iris: failed to create typed patch object (portable/iris; serving.kserve.io/v1beta1, Kind=InferenceService): .spec.predictor.model.modelFormt: field not declared in schema',
    ]);
  });

  if (!hasAsm) {
    test.each(needingAsm)('refuses of $name the objects that need ASM, and only those', async ({ manifests }) => {
      const complaints = await applyAll(cluster.resources, manifests);
      const refused = manifests.filter((manifest) => needsAsm([manifest])).map(({ file }) => file);
      expect(complaints.map((complaint) => complaint.split(': ')[0])).toEqual(refused);
    });
  }
});

function withoutResourceVersion({ metadata: { resourceVersion: _, ...metadata }, ...rest }: KubernetesObject): KubernetesObject {
  return { ...rest, metadata } as KubernetesObject;
}
