import path from 'node:path';
import { MnistMesh } from '../../lib/charts/mnist-mesh';
import { ArgoCdDelivery, ModelMeshApp } from '../../lib/index';
import { Application } from '../argo-cd/application';
import { startArgoCd } from '../argo-cd/argo-cd';
import { bootstrap } from '../argo-cd/bootstrap';
import { GitRepository } from '../argo-cd/git-repository';
import { MODEL_STATUS, playControllers } from '../kubernetes/cluster-actors';
import type { KubernetesObject } from '../kubernetes/object';
import { describeWithServers } from '../servers/describe-with-servers';
import { TestCluster } from '../servers/test-cluster';

const MODEL: KubernetesObject = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'tf-mnist', namespace: 'modelmesh-serving' },
};

// What ModelMesh writes while a model is still loading: Ready is True already.
const READY_BUT_LOADING = { ...MODEL_STATUS.loaded, modelStatus: MODEL_STATUS.loading.modelStatus };
// An update whose new revision does not load: the old one serves on, and Ready stays True.
const BLOCKED_UPDATE = {
  ...MODEL_STATUS.loaded,
  modelStatus: {
    ...MODEL_STATUS.failedToLoad.modelStatus,
    states: { activeModelState: 'Loaded', targetModelState: 'FailedToLoad' },
  },
};
const STANDBY = {
  ...MODEL_STATUS.loaded,
  modelStatus: { transitionStatus: 'UpToDate', states: { activeModelState: 'Standby', targetModelState: '' } },
};

describeWithServers('The objects of an ArgoCdDelivery, on a Kubernetes API server with the definitions of ASM and a real Argo CD', () => {
  let cluster: TestCluster;
  let repository: GitRepository;
  let application: Application;
  let endPlay: () => Promise<void>;
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour: 'ASM' });
    await cluster.addNamespaces('istio-system');
    await startArgoCd(cluster);
    endPlay = playControllers(cluster.resources);
    repository = new GitRepository(path.join(cluster.host.folder, 'repository'));
    const app = new ModelMeshApp({ outdir: path.join(repository.folder, 'dist') });
    const delivery = new ArgoCdDelivery(app, 'argocd', { repository: repository.url, healthCheck: true });
    // Objects that the controller's cache does not show yet would be healed by a second operation, whose result replaces the first one's.
    delivery.deliver(new MnistMesh(app, 'mnist'), { selfHeal: false });
    app.synth();
  });
  afterAll(async () => {
    await endPlay?.();
    await cluster?.stop();
  });

  test('are accepted by the API server without a complaint, beside the settings that Argo CD has', async () => {
    await cluster.resources.ensure({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd' },
      data: { 'timeout.reconciliation': '60s' },
    } as KubernetesObject);
    expect(await bootstrap(cluster.resources, path.join(repository.folder, 'dist'))).toEqual({ complaints: [], applications: ['mnist'] });
    const settings = await cluster.resources.find<KubernetesObject & { data: object }>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd' },
    });
    expect(Object.keys(settings!.data).sort()).toEqual([
      'resource.customizations.health.serving.kserve.io_InferenceService',
      'timeout.reconciliation',
    ]);
  });

  test('deliver the mesh within their AppProject, wave after wave', async () => {
    const revision = repository.commit('the mesh and its delivery');
    application = Application.existing(cluster.resources, 'mnist');
    const { operationState, conditions } = await application.waitUntilSynced(revision);
    expect({ phase: operationState?.phase, conditions }).toEqual({ phase: 'Succeeded', conditions: undefined });
    const kinds = operationState!.syncResult!.resources!.map(({ kind }) => kind);
    expect(kinds[0]).toBe('Namespace');
    expect(kinds.lastIndexOf('PersistentVolumeClaim')).toBeLessThan(kinds.indexOf('ServingRuntime'));
    expect(kinds.lastIndexOf('ServingRuntime')).toBeLessThan(kinds.indexOf('VirtualService'));
    expect(kinds.lastIndexOf('VirtualService')).toBeLessThan(kinds.indexOf('InferenceService'));
    await application.waitUntil('Healthy', ({ health }) => health?.status === 'Healthy');
  });

  test('see no difference when Argo CD looks again', async () => {
    const { sync, operationState } = await application.refresh('hard');
    expect({ sync: sync?.status, phase: operationState?.phase }).toEqual({ sync: 'Synced', phase: 'Succeeded' });
  });

  test.each([
    ['Progressing', 'while it loads, although it is Ready', READY_BUT_LOADING],
    ['Healthy', 'when it is loaded', MODEL_STATUS.loaded],
    ['Degraded', 'when it failed to load', MODEL_STATUS.failedToLoad],
    ['Healthy', 'when it waits for its next request without a copy in memory', STANDBY],
    ['Degraded', 'when its new revision fails, although the old one is Ready', BLOCKED_UPDATE],
    ['Healthy', 'when it is loaded again', MODEL_STATUS.loaded],
  ])('call a model %s %s', async (wanted, _, status) => {
    await cluster.resources.writeStatus(MODEL, { ...status, modelStatus: { lastFailureInfo: null, ...status.modelStatus } });
    await application.waitUntil(wanted, ({ health }) => health?.status === wanted);
    const { sync } = await application.status();
    expect(sync?.status).toBe('Synced');
  });

  test('leave the mesh running when the Application is deleted', async () => {
    await cluster.resources.remove({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'mnist', namespace: 'argocd' },
    });
    expect((await cluster.resources.find(MODEL))?.metadata.name).toBe('tf-mnist');
  });
});
