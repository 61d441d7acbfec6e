import { ArgoCdDelivery, type ArgoCdDeliveryOptions, type ArgoCdDeliveryProps } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { DestinationSplit } from '../../lib/gitops/destination-split';
import { INFERENCE_SERVICE_HEALTH } from '../../lib/gitops/inference-service-health';
import { addMesh, folderOf, makeApp, makeExample, REPOSITORY } from './helpers';

const IN_CLUSTER = 'https://kubernetes.default.svc';
const SYNC_OPTIONS = ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'FailOnSharedResource=true'];
const RETRY = { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } };
const AUTOMATED = { prune: true, selfHeal: true };
const NAMESPACE_KIND = { group: '', kind: 'Namespace' };

describe('the objects that deliver the worked example', () => {
  test('one AppProject and one Application, whole', () => {
    const { app, chart } = makeExample();
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
    expect(folderOf(app, 'argocd')).toEqual({
      '50-AppProject.modelmesh.k8s.yaml': {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: 'modelmesh', namespace: 'argocd' },
        spec: {
          description: 'Model meshes made by cdk8s-modelmesh',
          sourceRepos: [REPOSITORY],
          destinations: [
            { server: IN_CLUSTER, namespace: 'istio-system' },
            { server: IN_CLUSTER, namespace: 'modelmesh-serving' },
          ],
          clusterResourceWhitelist: [NAMESPACE_KIND],
        },
      },
      '50-Application.mnist.k8s.yaml': {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          name: 'mnist',
          namespace: 'argocd',
          annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
        },
        spec: {
          project: 'modelmesh',
          source: { repoURL: REPOSITORY, targetRevision: 'main', path: 'dist/mnist', directory: { recurse: true } },
          destination: { server: IN_CLUSTER, namespace: 'modelmesh-serving' },
          syncPolicy: { automated: AUTOMATED, syncOptions: SYNC_OPTIONS, retry: RETRY },
        },
      },
    });
  });

  test('every property reaches them', () => {
    const props: Required<ArgoCdDeliveryProps> = {
      repository: 'ssh://git@host/x.git',
      revision: 'v1',
      directory: 'mesh/out',
      namespace: 'gitops',
      projectName: 'vision',
      applicationSet: false,
      maxObjectsPerFolder: 14,
      serverSideDiff: false,
      healthCheck: true,
    };
    const options: Required<ArgoCdDeliveryOptions> = {
      destination: ArgoCdDestination.clusterName('models'),
      controlPlaneDestination: ArgoCdDestination.server('https://asm.example.com'),
      revision: 'v2',
      autoSync: true,
      prune: false,
      selfHeal: false,
    };
    const { app, chart } = makeExample({ split: DestinationSplit.controlPlaneAndDataPlane() });
    const delivery = new ArgoCdDelivery(app, 'delivery', props);
    delivery.deliver(chart, options);
    const source = (path: string) => ({
      repoURL: 'ssh://git@host/x.git',
      targetRevision: 'v2',
      path: `mesh/out/${path}`,
      directory: { recurse: true },
    });
    const syncPolicy = { automated: { prune: false, selfHeal: false }, syncOptions: SYNC_OPTIONS, retry: RETRY };
    const found = folderOf(app, 'delivery');
    expect(Object.keys(found)).toEqual([
      '10-ConfigMap.argocd-cm.k8s.yaml',
      '50-AppProject.vision.k8s.yaml',
      '50-Application.control-plane-mnist.k8s.yaml',
      '50-Application.data-plane-mnist.k8s.yaml',
    ]);
    expect(found['50-AppProject.vision.k8s.yaml'].spec).toEqual({
      description: 'Model meshes made by cdk8s-modelmesh',
      sourceRepos: ['ssh://git@host/x.git'],
      destinations: [
        { name: 'models', namespace: 'modelmesh-serving' },
        { server: 'https://asm.example.com', namespace: 'istio-system' },
        { server: 'https://asm.example.com', namespace: 'modelmesh-serving' },
      ],
      clusterResourceWhitelist: [NAMESPACE_KIND],
    });
    expect(found['50-Application.control-plane-mnist.k8s.yaml']).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'control-plane-mnist', namespace: 'gitops' },
      spec: {
        project: 'vision',
        source: source('control-plane/mnist'),
        destination: { server: 'https://asm.example.com', namespace: 'istio-system' },
        syncPolicy,
      },
    });
    expect(found['50-Application.data-plane-mnist.k8s.yaml']).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'data-plane-mnist', namespace: 'gitops' },
      spec: {
        project: 'vision',
        source: source('data-plane/mnist'),
        destination: { name: 'models', namespace: 'modelmesh-serving' },
        syncPolicy,
      },
    });
    expect(found['10-ConfigMap.argocd-cm.k8s.yaml']).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'argocd-cm',
        namespace: 'gitops',
        labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
        annotations: { 'argocd.argoproj.io/sync-wave': '-30' },
      },
      immutable: false,
      data: { 'resource.customizations.health.serving.kserve.io_InferenceService': INFERENCE_SERVICE_HEALTH },
    });
  });

  test('without autoSync nothing is synced by itself, whatever prune and selfHeal say', () => {
    const { app, chart } = makeExample();
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart, { autoSync: false, prune: true, selfHeal: true });
    expect(folderOf(app, 'argocd')['50-Application.mnist.k8s.yaml'].spec.syncPolicy).toEqual({ syncOptions: SYNC_OPTIONS, retry: RETRY });
  });

  test('no object has a finalizer, and none allows more than it needs by a wildcard', () => {
    for (const applicationSet of [false, true]) {
      const { app, chart } = makeExample();
      new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY, applicationSet }).deliver(chart);
      const text = JSON.stringify(folderOf(app, 'argocd'));
      expect(text).not.toContain('finalizer');
      expect(text).not.toContain('*');
    }
  });

  test('an Application per shard, named after its folder', () => {
    const app = makeApp();
    const chart = addMesh(app, 'mnist', ['m0', 'm1'], { modelShards: 3 });
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
    expect(
      Object.values(folderOf(app, 'argocd'))
        .slice(1)
        .map(({ metadata, spec }) => [metadata.name, spec.source.path, spec.destination.namespace]),
    ).toEqual([
      ['mnist-models-00', 'dist/mnist-models-00', 'modelmesh-serving'],
      ['mnist-models-01', 'dist/mnist-models-01', 'modelmesh-serving'],
      ['mnist-models-02', 'dist/mnist-models-02', 'modelmesh-serving'],
      ['mnist', 'dist/mnist', 'modelmesh-serving'],
    ]);
  });

  test('the namespace of every Application is one that the AppProject allows on that cluster', () => {
    const app = makeApp({ split: DestinationSplit.controlPlaneAndDataPlane() });
    const chart = addMesh(app, 'plain', ['m0'], { modelShards: 4 });
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
    const [project, ...applications] = Object.values(folderOf(app, 'argocd'));
    expect(applications).toHaveLength(5);
    for (const { spec } of applications) expect(project.spec.destinations).toContainEqual(spec.destination);
  });

  test('options that change later change nothing', () => {
    const { app, chart } = makeExample();
    const options = { revision: 'v1' };
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart, options);
    options.revision = 'v2';
    expect(folderOf(app, 'argocd')['50-Application.mnist.k8s.yaml'].spec.source.targetRevision).toBe('v1');
  });

  test('two synths of one app make them once', () => {
    const { app, chart } = makeExample();
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
    expect(app.synthYaml()).toBe(app.synthYaml());
  });
});

describe('an ApplicationSet', () => {
  test('whole', () => {
    const { app, chart } = makeExample({ split: DestinationSplit.controlPlaneAndDataPlane() });
    new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY, projectName: 'vision', applicationSet: true, revision: 'v1' }).deliver(
      chart,
      {
        destination: ArgoCdDestination.clusterName('models'),
        controlPlaneDestination: ArgoCdDestination.server('https://asm.example.com'),
        selfHeal: false,
      },
    );
    const found = folderOf(app, 'argocd');
    expect(Object.keys(found)).toEqual(['50-AppProject.vision.k8s.yaml', '50-ApplicationSet.vision.k8s.yaml']);
    expect(found['50-ApplicationSet.vision.k8s.yaml']).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'vision', namespace: 'argocd' },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [
          {
            list: {
              elements: [
                {
                  name: 'control-plane-mnist',
                  path: 'dist/control-plane/mnist',
                  revision: 'v1',
                  server: 'https://asm.example.com',
                  cluster: '',
                  namespace: 'istio-system',
                },
                {
                  name: 'data-plane-mnist',
                  path: 'dist/data-plane/mnist',
                  revision: 'v1',
                  server: '',
                  cluster: 'models',
                  namespace: 'modelmesh-serving',
                },
              ],
            },
          },
        ],
        syncPolicy: { preserveResourcesOnDeletion: true },
        template: {
          metadata: { name: '{{ .name }}', annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } },
          spec: {
            project: 'vision',
            source: { repoURL: REPOSITORY, targetRevision: '{{ .revision }}', path: '{{ .path }}', directory: { recurse: true } },
            destination: { server: '{{ .server }}', name: '{{ .cluster }}', namespace: '{{ .namespace }}' },
            syncPolicy: { automated: { prune: true, selfHeal: false }, syncOptions: SYNC_OPTIONS, retry: RETRY },
          },
        },
      },
    });
  });
});
