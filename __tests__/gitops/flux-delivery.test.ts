import { Chart, Duration, Size } from 'cdk8s';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { DestinationSplit } from '../../lib/gitops/destination-split';
import { FluxDelivery, type FluxDeliveryOptions, type FluxDeliveryProps } from '../../lib/gitops/flux-delivery';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelVolume, type ModelVolumeProps } from '../../lib/storage/model-volume';
import { StorageConfig } from '../../lib/storage/storage-config';
import type { Manifest } from '../support/synth';
import { addMesh, folderOf, KEEP, makeApp, makeExample, manifestsByPath, REPOSITORY } from './helpers';

const NAMESPACE_CHECK = { apiVersion: 'v1', kind: 'Namespace', name: 'modelmesh-serving' };
const NEVER_PRUNED = 'kustomize.toolkit.fluxcd.io/prune';

function kustomizationsOf(app: ReturnType<typeof makeApp>): Manifest[] {
  return Object.values(folderOf(app, 'flux')).filter(({ kind }) => kind === 'Kustomization');
}

describe('the objects that deliver the worked example', () => {
  test('one GitRepository and one Kustomization, whole', () => {
    const { app, chart } = makeExample();
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    expect(folderOf(app, 'flux')).toEqual({
      '50-GitRepository.modelmesh.k8s.yaml': {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: 'modelmesh', namespace: 'flux-system' },
        spec: { url: REPOSITORY, interval: '1m', ref: { branch: 'main' } },
      },
      '50-Kustomization.mnist.k8s.yaml': {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'mnist', namespace: 'flux-system' },
        spec: {
          interval: '600s',
          retryInterval: '1m',
          timeout: '300s',
          path: './dist/mnist',
          prune: true,
          sourceRef: { kind: 'GitRepository', name: 'modelmesh' },
          healthChecks: [
            NAMESPACE_CHECK,
            { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'my-models-pvc', namespace: 'modelmesh-serving' },
          ],
        },
      },
    });
  });

  test('every property reaches them', () => {
    const props: Required<FluxDeliveryProps> = {
      repository: 'ssh://git@host/x.git',
      repositoryName: 'vision',
      branch: 'release/1',
      directory: 'mesh/out',
      namespace: 'gitops',
      credentialsSecretName: 'deploy-key',
      interval: Duration.hours(1),
      timeout: Duration.seconds(90),
      wait: true,
      maxObjectsPerFolder: 14,
    };
    const options: Required<FluxDeliveryOptions> = {
      kubeConfigSecretName: 'models',
      controlPlaneKubeConfigSecretName: 'asm',
      prune: false,
    };
    const { app, chart } = makeExample({ split: DestinationSplit.controlPlaneAndDataPlane() });
    new FluxDelivery(app, 'delivery', props).deliver(chart, options);
    const spec = { interval: '3600s', retryInterval: '1m', timeout: '90s', prune: false, wait: true };
    const sourceRef = { kind: 'GitRepository', name: 'vision' };
    const found = folderOf(app, 'delivery');
    expect(Object.values(found).map((object) => [object.kind, object.metadata])).toEqual([
      ['GitRepository', { name: 'vision', namespace: 'gitops' }],
      ['Kustomization', { name: 'control-plane-mnist', namespace: 'gitops' }],
      ['Kustomization', { name: 'data-plane-mnist', namespace: 'gitops' }],
    ]);
    expect(Object.values(found).map((object) => object.spec)).toEqual([
      { url: 'ssh://git@host/x.git', interval: '1m', ref: { branch: 'release/1' }, secretRef: { name: 'deploy-key' } },
      {
        ...spec,
        sourceRef,
        path: './mesh/out/control-plane/mnist',
        kubeConfig: { secretRef: { name: 'asm' } },
      },
      { ...spec, sourceRef, path: './mesh/out/data-plane/mnist', kubeConfig: { secretRef: { name: 'models' } } },
    ]);
  });

  test('wait: false is the same as leaving it out', () => {
    const synthWith = (wait?: boolean) => {
      const { app, chart } = makeExample();
      new FluxDelivery(app, 'flux', { repository: REPOSITORY, wait }).deliver(chart);
      return app.synthYaml();
    };
    expect(synthWith(false)).toBe(synthWith());
    expect(synthWith(true)).not.toBe(synthWith());
  });

  test('two synths of one app make them once', () => {
    const { app, chart } = makeExample();
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    expect(app.synthYaml()).toBe(app.synthYaml());
  });
});

describe('shards', () => {
  test.each([true, false])('wait for the folder of their chart, which waits for nothing (createNamespace: %s)', (createNamespace) => {
    const app = makeApp();
    const chart = addMesh(app, 'mnist', ['m0', 'm1'], { modelShards: 2, createNamespace });
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    expect(kustomizationsOf(app).map(({ metadata, spec }) => [metadata.name, spec.dependsOn, spec.healthChecks])).toEqual([
      ['mnist-models-00', [{ name: 'mnist' }], undefined],
      ['mnist-models-01', [{ name: 'mnist' }], undefined],
      ['mnist', undefined, createNamespace ? [NAMESPACE_CHECK] : undefined],
    ]);
  });

  test('wait for nothing where their chart has no folder of its own', () => {
    const app = makeApp();
    const storageConfig = StorageConfig.fromSecretName();
    const chart = addMesh(app, 'mnist', ['m0'], { modelShards: 2, createNamespace: false, storageConfig });
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    expect(kustomizationsOf(app).map(({ metadata, spec }) => [metadata.name, spec.dependsOn])).toEqual([
      ['mnist-models-00', undefined],
      ['mnist-models-01', undefined],
    ]);
  });

  test('of a data plane wait for its folder', () => {
    const app = makeApp({ split: DestinationSplit.controlPlaneAndDataPlane() });
    const chart = addMesh(app, 'mnist', ['m0'], { modelShards: 2 });
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    expect(kustomizationsOf(app).map(({ metadata, spec }) => [metadata.name, spec.dependsOn?.[0].name])).toEqual([
      ['data-plane-mnist-models-00', 'data-plane-mnist'],
      ['data-plane-mnist-models-01', 'data-plane-mnist'],
      ['data-plane-mnist', undefined],
    ]);
  });
});

describe('a volume', () => {
  function withVolume(props: Partial<ModelVolumeProps>) {
    const app = makeApp();
    const chart = new Chart(app, 'mnist');
    const mesh = new ModelMesh(chart, 'mesh');
    mesh.addVolume(new ModelVolume(chart, 'volume', { claimName: 'claim', size: Size.gibibytes(1), ...props }));
    new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
    return { checks: kustomizationsOf(app)[0].spec.healthChecks, manifests: manifestsByPath(app) };
  }

  test('is waited for', () => {
    expect(withVolume({}).checks).toEqual([
      NAMESPACE_CHECK,
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'claim', namespace: 'modelmesh-serving' },
    ]);
  });

  test('that binds on first use is not', () => expect(withVolume({ bindsOnFirstUse: true }).checks).toEqual([NAMESPACE_CHECK]));

  test('is pruned only if Argo CD may prune it too', () => {
    const claim = ({ manifests }: ReturnType<typeof withVolume>) =>
      manifests.get('mnist/10-PersistentVolumeClaim.claim.k8s.yaml').metadata.annotations;
    expect(claim(withVolume({}))).toEqual({ ...KEEP, 'argocd.argoproj.io/sync-wave': '-30', [NEVER_PRUNED]: 'disabled' });
    expect(claim(withVolume({ keepInCluster: false }))).toEqual({ 'argocd.argoproj.io/sync-wave': '-30' });
    const deleted = { 'argocd.argoproj.io/sync-options': 'Delete=false' };
    expect(claim(withVolume({ annotations: deleted }))).toEqual({ ...deleted, 'argocd.argoproj.io/sync-wave': '-30' });
    const several = { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' };
    expect(claim(withVolume({ annotations: several }))).toMatchObject({ [NEVER_PRUNED]: 'disabled' });
  });
});

test('what Argo CD keeps is what Flux never prunes, and without Flux nothing says so', () => {
  const { app, chart } = makeExample();
  new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
  const marked = [...manifestsByPath(app)].filter(([, { metadata }]) => metadata.annotations?.[NEVER_PRUNED] === 'disabled');
  expect(marked.map(([path]) => path)).toEqual([
    'mnist/00-Namespace.modelmesh-serving.k8s.yaml',
    'mnist/10-PersistentVolumeClaim.my-models-pvc.k8s.yaml',
    'mnist/10-Secret.storage-config.k8s.yaml',
  ]);
  const other = makeExample();
  new ArgoCdDelivery(other.app, 'argocd', { repository: REPOSITORY }).deliver(other.chart);
  expect(other.app.synthYaml()).not.toContain(NEVER_PRUNED);
});

test('Argo CD and Flux may deliver one chart', () => {
  const { app, chart } = makeExample();
  new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  expect([...manifestsByPath(app).keys()].filter((path) => !path.startsWith('mnist/'))).toEqual([
    'argocd/50-AppProject.modelmesh.k8s.yaml',
    'argocd/50-Application.mnist.k8s.yaml',
    'flux/50-GitRepository.modelmesh.k8s.yaml',
    'flux/50-Kustomization.mnist.k8s.yaml',
  ]);
});
