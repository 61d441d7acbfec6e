import path from 'node:path';
import { applyAll, storedObjects } from '../kubernetes/apply-all';
import { type Manifest, manifestFolders, readManifests } from '../kubernetes/manifests';
import { ExistingCluster } from '../servers/existing-cluster';
import { repositoryRoot } from '../servers/settings';

// A Gateway applied for real would open a port of the cluster's own ingress gateway, whatever namespace it is in. So the server does here
// everything that it does with a manifest, admission webhooks included, except to store it.
describe('the cluster of KUBECONFIG, in a namespace made for this run', () => {
  const meshes = manifestFolders(path.join(repositoryRoot, 'dist')).map((folder) => ({
    name: `dist/${path.basename(folder)}`,
    manifests: readManifests(folder),
  }));

  let cluster: ExistingCluster;
  beforeAll(async () => {
    cluster = await ExistingCluster.connect();
  });
  afterAll(() => cluster?.stop());

  test.each(meshes)(
    'would take every object of $name with strict validation, without a warning, and has stored none of them',
    async ({ manifests }) => {
      const ours = manifests.map((manifest) => movedTo(cluster.namespace, manifest));
      expect(await applyAll(cluster.resources, ours, { dryRun: true })).toEqual([]);
      expect((await storedObjects(cluster.resources, ours)).filter(({ kind }) => kind !== 'Namespace')).toEqual([]);
    },
  );

  test('would refuse a manifest with a field that its kind does not have', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'misspelt', namespace: cluster.namespace }, dta: {} };
    const complaints = await applyAll(cluster.resources, [{ file: 'misspelt', text: JSON.stringify(object), object }], { dryRun: true });
    expect(complaints).toEqual([expect.stringMatching(/^misspelt: .*\.dta: field not declared in schema$/)]);
  });
});

function movedTo(namespace: string, { file, object }: Manifest): Manifest {
  const place = object.kind === 'Namespace' ? { name: namespace } : object.metadata.namespace === undefined ? {} : { namespace };
  const moved = { ...object, metadata: { ...object.metadata, ...place } };
  return { file, object: moved, text: JSON.stringify(moved) };
}
