import { join } from 'node:path';
import { Application, type ApplicationStatus } from '../argo-cd/application';
import { ARGO_CD_NAMESPACE, startArgoCd } from '../argo-cd/argo-cd';
import { GitRepository } from '../argo-cd/git-repository';
import { playControllers } from '../kubernetes/cluster-actors';
import { foreignNamespaces, type Manifest } from '../kubernetes/manifests';
import type { KubernetesObject } from '../kubernetes/object';
import { testedMesh } from '../routing/tested-mesh';
import { describeWithServers } from '../servers/describe-with-servers';
import { TestCluster } from '../servers/test-cluster';

const MOMENT = '2026-01-01T00:00:00Z';

/** What the Job controller writes when the pod of a Job has ended. No node runs pods here. */
const ENDED = {
  well: { startTime: MOMENT, completionTime: MOMENT, succeeded: 1, conditions: [condition('SuccessCriteriaMet'), condition('Complete')] },
  badly: {
    startTime: MOMENT,
    failed: 1,
    conditions: [condition('FailureTarget', 'BackoffLimitExceeded'), condition('Failed', 'BackoffLimitExceeded')],
  },
};

describeWithServers('Argo CD with a smoke test in the chart of a mesh', () => {
  let cluster: TestCluster;
  let application: Application;
  let repository: GitRepository;
  let manifests: Manifest[];
  let job: KubernetesObject;
  let endPlay: () => Promise<void>;
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour: 'Istio' });
    manifests = testedMesh(cluster.host.folder, 'gateway:8008').filter(({ file }) => file.startsWith('mesh/'));
    job = manifests.find(({ object }) => object.kind === 'Job')!.object;
    await cluster.addNamespaces(...foreignNamespaces(manifests));
    await startArgoCd(cluster);
    endPlay = playControllers(cluster.resources);
    repository = new GitRepository(join(cluster.host.folder, 'repository'));
    for (const { file, text } of manifests) repository.write(file, text);
  });
  afterAll(async () => {
    await endPlay?.();
    await cluster?.stop();
  });

  const hookOf = ({ operationState }: ApplicationStatus) =>
    operationState?.syncResult?.resources?.find(({ kind }) => kind === 'Job') as { hookType?: string; hookPhase?: string } | undefined;
  const isRunning = (status: ApplicationStatus) => status.operationState?.phase === 'Running' && hookOf(status)?.hookPhase === 'Running';

  test('makes the Job after everything else, and the sync waits for it', async () => {
    const revision = repository.commit('a mesh with a smoke test');
    application = await Application.create(cluster.resources, { name: 'mesh', repoURL: repository.url, path: 'mesh' });
    const status = await application.waitUntil('running the hook', isRunning);
    expect(hookOf(status)).toMatchObject({ hookType: 'PostSync' });
    const others = status.operationState!.syncResult!.resources!.filter(({ kind }) => kind !== 'Job');
    expect(others.map(({ kind, name, status: synced }) => `${kind} ${name} ${synced}`).sort()).toEqual(
      manifests
        .filter(({ object }) => object.kind !== 'Job')
        .map(({ object }) => `${object.kind} ${object.metadata.name} Synced`)
        .sort(),
    );
    await cluster.resources.writeStatus(job, ENDED.well);
    const { operationState, resources } = await application.waitUntilSynced(revision);
    expect(operationState?.phase).toBe('Succeeded');
    // A hook is not compared with Git, so that one that is gone is not made again by itself; it and its log stay.
    const [hook] = resources!.filter(({ kind }) => kind === 'Job');
    expect(hook).toMatchObject({ hook: true });
    expect(hook).not.toHaveProperty('status');
    expect((await cluster.resources.find(job))?.status).toMatchObject({ succeeded: 1 });
  });

  test('makes it anew for the next commit, which fails with it', async () => {
    // With retries the Job would run once more for each.
    const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'mesh', namespace: ARGO_CD_NAMESPACE } };
    const path = (await cluster.resources.pathOf(object))!;
    await cluster.resources.client.merge(path, { spec: { syncPolicy: { retry: { limit: 0 } } } });
    const model = manifests.find(({ object }) => object.kind === 'InferenceService')!;
    repository.write(model.file, model.text.replace('  annotations:\n', '  annotations:\n    example.com/note: changed\n'));
    repository.commit('a change');
    await application.refresh();
    await application.waitUntil('running the hook again', isRunning);
    expect((await cluster.resources.find(job))?.status).not.toHaveProperty('succeeded');
    await cluster.resources.writeStatus(job, ENDED.badly);
    const { operationState } = await application.waitUntil('failed', ({ operationState: { phase } = { phase: '' } }) => phase === 'Failed');
    expect(operationState?.message).toMatch(/one or more synchronization tasks completed unsuccessfully|BackoffLimitExceeded/);
    expect(hookOf({ operationState })).toMatchObject({ hookType: 'PostSync', hookPhase: 'Failed' });
  });
});

function condition(type: string, reason?: string) {
  return { type, status: 'True', reason, message: reason, lastProbeTime: MOMENT, lastTransitionTime: MOMENT };
}
