import path from 'node:path';
import { Application } from '../argo-cd/application';
import { startArgoCd } from '../argo-cd/argo-cd';
import { GitRepository } from '../argo-cd/git-repository';
import { storedObjects } from '../kubernetes/apply-all';
import { playControllers } from '../kubernetes/cluster-actors';
import { foreignNamespaces, readManifests } from '../kubernetes/manifests';
import { type KubernetesObject, describeObject } from '../kubernetes/object';
import { describeWithServers } from '../servers/describe-with-servers';
import { repositoryRoot } from '../servers/settings';
import { TestCluster } from '../servers/test-cluster';

// What this project published before its objects had sync waves. A release adds its own dist/ beside it.
const earlier = path.join(repositoryRoot, 'e2e', 'earlier-dist', 'without-waves');
const now = path.join(repositoryRoot, 'dist');

describeWithServers(
  'An Argo CD that has synced earlier manifests of the example, on a Kubernetes API server with the definitions of ASM',
  () => {
    const manifests = readManifests(now);
    let cluster: TestCluster;
    let repository: GitRepository;
    let application: Application;
    let endPlay: () => Promise<void>;
    let before: KubernetesObject[];
    beforeAll(async () => {
      cluster = await TestCluster.start({ flavour: 'ASM' });
      await cluster.addNamespaces(...foreignNamespaces(manifests));
      await startArgoCd(cluster);
      endPlay = playControllers(cluster.resources);
      repository = new GitRepository(path.join(cluster.host.folder, 'repository')).copy(earlier, 'dist');
      application = await Application.create(cluster.resources, { name: 'mnist', repoURL: repository.url, path: 'dist/mnist' });
      await application.waitUntilSynced(repository.commit('the earlier manifests'));
      before = await storedObjects(cluster.resources, manifests);
    });
    afterAll(async () => {
      await endPlay?.();
      await cluster?.stop();
    });

    test('has all of the objects by their names of today', () => {
      expect(before.map(describeObject)).toEqual(manifests.map(({ object }) => describeObject(object)));
    });

    test('takes the manifests of today: every object stays the same one, and of all specs and data only the route has more', async () => {
      repository.remove('dist').copy(now, 'dist');
      await application.waitUntilSynced(repository.commit('the manifests of today'));
      const after = await storedObjects(cluster.resources, manifests);
      expect(after.map(identityOf)).toEqual(before.map(identityOf));
      expect(after.map(contentOf)).toEqual(before.map(contentOf).map(withDroppedHeaders));
      expect(annotationsOf(after)).not.toEqual(annotationsOf(before));
    });

    test('serves on: the application is healthy, the claim is bound and the pod runs', async () => {
      const { health } = await application.waitUntil('Healthy', (status) => status.health?.status === 'Healthy');
      expect(health?.status).toBe('Healthy');
      const phases = (await storedObjects(cluster.resources, manifests))
        .filter(({ kind }) => ['PersistentVolumeClaim', 'Pod'].includes(kind))
        .map(({ kind, status }) => `${kind} ${(status as { phase: string }).phase}`);
      expect(phases).toEqual(['PersistentVolumeClaim Bound', 'Pod Running']);
    });
  },
);

function identityOf(object: KubernetesObject): string {
  return `${describeObject(object)} ${(object.metadata as { uid?: string }).uid}`;
}

function contentOf({ kind, spec, data }: KubernetesObject & { spec?: unknown; data?: unknown }) {
  return { kind, spec, data };
}

/** Since then the route drops what a caller might send to steer ModelMesh. */
function withDroppedHeaders(content: { kind: string; spec?: unknown; data?: unknown }): unknown {
  if (content.kind !== 'VirtualService') return content;
  const spec = structuredClone(content.spec) as { http: { headers: { request: { remove?: string[] } } }[] };
  spec.http[0]!.headers.request.remove = [
    ...['mm-vmodel-id', 'mm-vmodel-id-bin', 'mm-model-id', 'mm-model-id-bin'],
    'x-gateway-destination-endpoint',
  ];
  return { ...content, spec };
}

function annotationsOf(objects: readonly KubernetesObject[]): unknown[] {
  return objects.map(({ metadata }) => metadata.annotations);
}
