import path from 'node:path';
import { stringify } from 'yaml';
import { Application } from '../argo-cd/application';
import { ARGO_CD_NAMESPACE, startArgoCd } from '../argo-cd/argo-cd';
import { GitRepository } from '../argo-cd/git-repository';
import { storedObjects } from '../kubernetes/apply-all';
import { MODEL_STATUS, playControllers } from '../kubernetes/cluster-actors';
import { type Manifest, foreignNamespaces, manifestFolders, readManifests } from '../kubernetes/manifests';
import { type KubernetesObject, describeObject } from '../kubernetes/object';
import { describeWithServers } from '../servers/describe-with-servers';
import { repositoryRoot } from '../servers/settings';
import { TestCluster } from '../servers/test-cluster';

const dist = path.join(repositoryRoot, 'dist');
const WAVE = 'argocd.argoproj.io/sync-wave';
const KEPT = 'Prune=false,Delete=false';

const manifests = readManifests(dist);
const ofKind = (kind: string) => manifests.filter(({ object }) => object.kind === kind);
const [removedModel, changedModel] = ofKind('InferenceService') as [Manifest, Manifest];
const [claim] = ofKind('PersistentVolumeClaim') as [Manifest];
const routing = manifests.filter(({ object }) => /istio/.test(object.apiVersion));
const removedTwin = renamed(removedModel, `${removedModel.object.metadata.name}-twin`);
const remaining = manifests.filter((manifest) => manifest !== removedModel);

describeWithServers('Argo CD with dist/ in a Git repository, on a Kubernetes API server with the definitions of ASM', () => {
  let cluster: TestCluster;
  let repository: GitRepository;
  let application: Application;
  let endPlay: () => Promise<void>;
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour: 'ASM' });
    await cluster.addNamespaces(...foreignNamespaces(manifests));
    await startArgoCd(cluster, { applicationSets: true });
    // Waves wait for them.
    endPlay = playControllers(cluster.resources);
    repository = new GitRepository(path.join(cluster.host.folder, 'repository')).copy(dist, 'dist');
  });
  afterAll(async () => {
    await endPlay?.();
    await cluster?.stop();
  });

  const stored = (some: readonly Manifest[] = remaining) => storedObjects(cluster.resources, some);
  /** Time enough for Argo CD to do what it should not. */
  const twoRounds = async () => [await application.refresh(), await application.refresh('hard')];
  const find = ({ object }: Manifest) => cluster.resources.find(object);

  test('syncs every object of a directory source', async () => {
    const revision = repository.commit('dist/ as it is');
    application = await Application.create(cluster.resources, { name: 'dist', repoURL: repository.url, path: 'dist' });
    const { resources } = await application.waitUntilSynced(revision);
    expect(resources?.map(({ kind, name, status }) => `${kind} ${name} ${status}`).sort()).toEqual(
      manifests.map(({ object }) => `${object.kind} ${object.metadata.name} Synced`).sort(),
    );
    expect((await stored(manifests)).map(describeObject)).toEqual(manifests.map(({ object }) => describeObject(object)));
  });

  test('calls the Application Healthy when the claim is bound, the pod runs and the models are loaded, and Progressing while one loads', async () => {
    await application.waitUntil('Healthy', ({ health }) => health?.status === 'Healthy');
    await cluster.resources.writeStatus(changedModel.object, MODEL_STATUS.loading);
    await application.waitUntil('Progressing', ({ health }) => health?.status === 'Progressing');
    await cluster.resources.writeStatus(changedModel.object, MODEL_STATUS.loaded);
    await application.waitUntil('Healthy', ({ health }) => health?.status === 'Healthy');
  });

  test.each([
    { way: "the server's (ServerSideDiff=true)", annotation: 'ServerSideDiff=true' },
    { way: 'its own way of comparing', annotation: null },
  ])('sees no difference when it looks again, by $way', async ({ annotation }) => {
    const before = await stored(manifests);
    await application.annotate({ 'argocd.argoproj.io/compare-options': annotation });
    const { sync, conditions, operationState } = await application.refresh('hard');
    expect({ sync: sync?.status, conditions, phase: operationState?.phase }).toEqual({ sync: 'Synced', phase: 'Succeeded' });
    expect(await stored(manifests)).toEqual(before);
  });

  test('calls it Degraded when ModelMesh reports a model that failed to load, and leaves the routing as it is', async () => {
    const before = await stored(routing);
    await cluster.resources.writeStatus(changedModel.object, MODEL_STATUS.failedToLoad);
    await application.waitUntil('Degraded', ({ health }) => health?.status === 'Degraded');
    const { sync, operationState } = await application.refresh();
    expect({ sync: sync?.status, phase: operationState?.phase }).toEqual({ sync: 'Synced', phase: 'Succeeded' });
    expect(await stored(routing)).toEqual(before);

    await cluster.resources.writeStatus(changedModel.object, MODEL_STATUS.loaded);
    await application.waitUntil('Healthy', ({ health }) => health?.status === 'Healthy');
  });

  test('removes a model whose file is gone, and touches nothing else', async () => {
    const before = await stored();
    await application.waitUntilSynced(repository.remove(`dist/${removedModel.file}`).commit('one model less'));
    expect(await find(removedModel)).toBeUndefined();
    expect(await stored()).toEqual(before);
  });

  test('applies nothing of a commit that makes an object invalid, says why, and goes on with the commit that repairs it', async () => {
    const before = await stored();
    repository
      .write(`dist/${changedModel.file}`, stringify(misspelt(changedModel.object)))
      .write(`dist/${removedModel.file}`, removedModel.text);
    repository.commit('an invalid model and a valid one');
    const { sync, conditions } = await application.refresh();
    expect(sync?.status).toBe('Unknown');
    expect(conditions).toEqual([
      expect.objectContaining({
        type: 'ComparisonError',
        message: expect.stringMatching(/\.spec\.predictor\.modle: field not declared in schema$/),
      }),
    ]);
    await twoRounds();
    expect(await stored()).toEqual(before);
    expect(await find(removedModel)).toBeUndefined();

    repository.write(`dist/${changedModel.file}`, changedModel.text).remove(`dist/${removedModel.file}`);
    await application.waitUntilSynced(repository.commit('repaired'));
    expect(await stored()).toEqual(before);
  });

  test('applies all of a commit but the invalid object that it adds, and says why', async () => {
    const before = await stored();
    repository.write('dist/added.yaml', stringify(misspelt(removedModel.object))).write('dist/added-too.yaml', removedTwin.text);
    const revision = repository.commit('an invalid new object and a valid one');
    await application.refresh();
    const { sync, operationState } = await application.waitUntil(
      'through with the commit',
      (status) => status.operationState?.syncResult?.revision === revision && status.operationState.phase === 'Failed',
    );
    const result = operationState?.syncResult?.resources?.find(({ name }) => name === removedModel.object.metadata.name);
    expect(result).toMatchObject({
      status: 'SyncFailed',
      message: expect.stringMatching(/\.spec\.predictor\.modle: field not declared in schema/),
    });
    expect(sync?.status).toBe('OutOfSync');
    expect(await stored()).toEqual(before);
    expect([await find(removedModel), (await find(removedTwin))?.metadata.name]).toEqual([undefined, removedTwin.object.metadata.name]);

    await application.waitUntilSynced(repository.remove('dist/added.yaml').remove('dist/added-too.yaml').commit('repaired'));
    expect([await find(removedTwin), await stored()]).toEqual([undefined, before]);
  });

  test('changes nothing for a commit with a file that is no YAML, says so, and goes on with the commit that repairs it', async () => {
    const before = await stored();
    repository
      .write('dist/broken.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [\n')
      .write(`dist/${removedModel.file}`, removedModel.text);
    repository.commit('no YAML');
    const { sync, conditions } = await application.refresh();
    expect(sync?.status).toBe('Unknown');
    expect(conditions).toEqual([expect.objectContaining({ type: 'ComparisonError', message: expect.stringContaining('broken.yaml') })]);
    await twoRounds();
    expect(await stored()).toEqual(before);
    expect(await find(removedModel)).toBeUndefined();

    await application.waitUntilSynced(repository.remove('dist/broken.yaml').remove(`dist/${removedModel.file}`).commit('repaired'));
    expect(await stored()).toEqual(before);
  });

  test('keeps a claim whose file is gone: the Application stays OutOfSync until the file is back', async () => {
    expect(claim.object.metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe(KEPT);
    const [before] = await stored([claim]);
    const revision = repository.remove(`dist/${claim.file}`).commit('no claim');
    await application.refresh();
    const { sync, operationState } = await application.waitUntil(
      'through with the commit',
      (status) => status.operationState?.syncResult?.revision === revision && status.operationState.phase === 'Succeeded',
    );
    expect(operationState?.syncResult?.resources?.find(({ kind }) => kind === 'PersistentVolumeClaim')).toMatchObject({
      status: 'PruneSkipped',
      message: expect.stringMatching(/no prune/),
    });
    expect(sync?.status).toBe('OutOfSync');
    expect(await stored([claim])).toEqual([before]);

    await application.waitUntilSynced(repository.write(`dist/${claim.file}`, claim.text).commit('the claim is back'));
    expect(await stored([claim])).toEqual([before]);
  });

  test('keeps the claim and the namespace when the Application is deleted with all that it synced', async () => {
    const kept = remaining.filter(({ object }) => object.metadata.annotations?.['argocd.argoproj.io/sync-options'] === KEPT);
    await application.removeWithObjects();
    expect((await stored()).map(describeObject)).toEqual(kept.map(({ object }) => describeObject(object)));
    expect(kept.map(({ object }) => object.kind)).toEqual(expect.arrayContaining(['Namespace', 'PersistentVolumeClaim']));
  });

  const hasWaves = manifests.some(({ object }) => object.metadata.annotations?.[WAVE] !== undefined);
  test(`applies wave after wave${hasWaves ? '' : ' (dist/ has no waves: here the number of a file is its wave)'}`, async () => {
    const waves = new Map<string, number>();
    for (const { file, object } of manifests) {
      const wave = hasWaves ? (object.metadata.annotations?.[WAVE] ?? '0') : String(parseInt(path.basename(file), 10));
      repository.write(`waves/${file}`, stringify(withAnnotation(object, WAVE, wave)));
      waves.set(describeObject(object), Number(wave));
    }
    const revision = repository.commit('with waves');
    // Objects that the controller's cache does not show yet would be healed by a second operation, whose result replaces the first one's.
    application = await Application.create(cluster.resources, { name: 'waves', repoURL: repository.url, path: 'waves', selfHeal: false });
    const { operationState } = await application.waitUntilSynced(revision);
    const order = operationState!.syncResult!.resources!.map(({ kind, namespace, name }) =>
      waves.get(describeObject({ apiVersion: '', kind, metadata: { name, namespace: kind === 'Namespace' ? undefined : namespace } })),
    );
    expect(order).toEqual([...waves.values()].sort((a, b) => a - b));
    expect(new Set(order).size).toBeGreaterThan(1);
  });

  test('makes an Application of each folder of dist/ when an ApplicationSet says so', async () => {
    const folders = manifestFolders(dist).map((folder) => path.basename(folder));
    await cluster.resources.ensure({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'meshes', namespace: ARGO_CD_NAMESPACE },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [{ git: { repoURL: repository.url, revision: 'main', directories: [{ path: 'dist/*' }] } }],
        template: {
          metadata: { name: 'mesh-{{.path.basename}}' },
          spec: {
            project: 'default',
            source: { repoURL: repository.url, targetRevision: 'main', path: '{{.path.path}}' },
            destination: { server: 'https://kubernetes.default.svc' },
          },
        },
      },
    });
    for (const folder of folders) {
      const { sync } = await new Application(cluster.resources, `mesh-${folder}`).waitUntil('compared', (status) =>
        Boolean(status.sync?.status),
      );
      expect(sync).toMatchObject({ status: 'OutOfSync', comparedTo: { source: { path: `dist/${folder}` } } });
    }
  });
});

function withAnnotation(object: KubernetesObject, name: string, value: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [name]: value } } };
}

function renamed({ file, object }: Manifest, name: string): Manifest {
  const twin = { ...object, metadata: { ...object.metadata, name } };
  return { file, object: twin, text: stringify(twin) };
}

function misspelt(object: KubernetesObject): KubernetesObject {
  return { ...object, spec: { predictor: { modle: {} } } };
}
