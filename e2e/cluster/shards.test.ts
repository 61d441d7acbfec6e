import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Chart } from 'cdk8s';
import { ArgoCdDelivery, ModelFormat, ModelMesh, ModelMeshApp, ModelSource } from '../../lib/index';
import { Application } from '../argo-cd/application';
import { startArgoCd } from '../argo-cd/argo-cd';
import { bootstrap } from '../argo-cd/bootstrap';
import { GitRepository } from '../argo-cd/git-repository';
import { describeWithServers } from '../servers/describe-with-servers';
import { TestCluster } from '../servers/test-cluster';

// Enough for every shard to be well filled. E2E_MODELS=10000 takes some 20 minutes on two cores.
const MODELS = Number(process.env['E2E_MODELS'] ?? 2_000);
const SHARDS = 16;
const MINUTES = 60_000;

/** Publishes a mesh of models, with its delivery, to dist/ of a repository. */
function publish(repository: GitRepository, names: readonly string[]): void {
  const app = new ModelMeshApp({ outdir: path.join(repository.folder, 'dist') });
  const chart = new Chart(app, 'many');
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'many', modelShards: SHARDS });
  for (const name of names) mesh.addModel(name, { format: ModelFormat.ONNX, source: ModelSource.uri(`gs://models/${name}/v1`) });
  new ArgoCdDelivery(app, 'argocd', { repository: repository.url }).deliver(chart);
  app.synth();
}

describeWithServers(`A mesh of ${MODELS} models in ${SHARDS} shards, synced by a real Argo CD`, () => {
  const names = Array.from({ length: MODELS }, (_, index) => `model-${String(index).padStart(5, '0')}`);
  let cluster: TestCluster;
  let repository: GitRepository;
  let applications: Application[];
  let applicationNames: string[];
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour: 'ASM' });
    await startArgoCd(cluster);
    repository = new GitRepository(path.join(cluster.host.folder, 'repository'));
    publish(repository, names);
  });
  afterAll(() => cluster?.stop());

  const countModels = async (): Promise<number> => {
    const list = '/apis/serving.kserve.io/v1beta1/namespaces/many/inferenceservices';
    const { items } = await cluster.resources.client.get<{ items: unknown[] }>(list);
    return items.length;
  };
  const syncedRevisions = async (): Promise<(string | undefined)[]> =>
    (await Promise.all(applications.map((application) => application.status()))).map(
      ({ operationState }) => operationState?.syncResult?.revision,
    );

  test(
    'is synced whole, by one Application for each shard',
    async () => {
      const revision = repository.commit('all models');
      const { complaints, applications: found } = await bootstrap(cluster.resources, path.join(repository.folder, 'dist'));
      expect({ complaints, count: found.length }).toEqual({ complaints: [], count: SHARDS + 1 });
      applicationNames = found;
      applications = found.map((name) => Application.existing(cluster.resources, name));
      for (const application of applications) {
        await application.waitUntil(
          'synced',
          ({ sync, operationState }) =>
            sync?.status === 'Synced' && operationState?.phase === 'Succeeded' && operationState.syncResult?.revision === revision,
          20 * MINUTES,
        );
      }
      expect(await countModels()).toBe(MODELS);
    },
    25 * MINUTES,
  );

  test(
    'changes one file, and one Application syncs, when one model is added',
    async () => {
      const before = await syncedRevisions();
      publish(repository, [...names, 'one-more']);
      const changed = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: repository.folder, encoding: 'utf8' });
      expect(changed).toMatch(/^\?\? dist\/many-models-\d\d\/40-InferenceService\.one-more\.k8s\.yaml\n$/);
      const shard = /many-models-\d\d/.exec(changed)![0];

      const revision = repository.commit('one model more');
      const touched = Application.existing(cluster.resources, shard);
      await touched.waitUntilSynced(revision, 5 * MINUTES);
      for (const application of applications) await application.refresh();
      const after = await syncedRevisions();
      expect(applicationNames.filter((_, index) => after[index] !== before[index])).toEqual([shard]);
      expect(await countModels()).toBe(MODELS + 1);
    },
    15 * MINUTES,
  );
});
