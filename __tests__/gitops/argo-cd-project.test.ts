import { ApiObject, Chart } from 'cdk8s';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { StorageConfig } from '../../lib/storage/storage-config';
import { addMesh, folderOf, makeApp, REPOSITORY } from './helpers';

const server = 'https://kubernetes.default.svc';
const CLUSTER_RUNTIME = { group: 'serving.kserve.io', kind: 'ClusterServingRuntime' };
const NAMESPACE = { group: '', kind: 'Namespace' };

function projectOf(app: ReturnType<typeof makeApp>) {
  return folderOf(app, 'argocd')['50-AppProject.modelmesh.k8s.yaml'].spec;
}

test('a mesh in a namespace of others needs no kinds without a namespace', () => {
  const app = makeApp();
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(
    addMesh(app, 'mesh', ['m0'], { namespace: 'theirs', createNamespace: false }),
  );
  expect(projectOf(app)).toMatchObject({ destinations: [{ server, namespace: 'theirs' }], clusterResourceWhitelist: [] });
});

test('a ClusterServingRuntime is allowed by group and kind, beside namespaces', () => {
  const app = makeApp();
  const chart = new Chart(app, 'mesh');
  const mesh = new ModelMesh(chart, 'mesh');
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver', { clusterScoped: true }));
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  expect(projectOf(app)).toMatchObject({
    destinations: [{ server, namespace: 'modelmesh-serving' }],
    clusterResourceWhitelist: [CLUSTER_RUNTIME, NAMESPACE],
  });
});

test('a chart of nothing but a ClusterServingRuntime is applied to the namespace default, which nothing in it uses', () => {
  const app = makeApp();
  const chart = new Chart(app, 'runtimes');
  const elsewhere = new ModelMesh(new Chart(app, 'mesh'), 'mesh');
  elsewhere.addRuntime(ServingRuntime.mlserver(chart, 'mlserver', { clusterScoped: true }));
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  expect(projectOf(app)).toMatchObject({ destinations: [{ server, namespace: 'default' }], clusterResourceWhitelist: [CLUSTER_RUNTIME] });
  expect(folderOf(app, 'argocd')['50-Application.runtimes.k8s.yaml'].spec.destination).toEqual({ server, namespace: 'default' });
});

test('a namespace that the mesh gives after the delivery was declared is allowed', () => {
  const app = makeApp();
  const chart = new Chart(app, 'mesh');
  const runtime = ServingRuntime.mlserver(chart, 'mlserver');
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  new ModelMesh(new Chart(app, 'other'), 'mesh', { namespace: 'later', storageConfig: StorageConfig.fromSecretName() }).addRuntime(runtime);
  expect(projectOf(app)).toMatchObject({ destinations: [{ server, namespace: 'later' }], clusterResourceWhitelist: [] });
});

test('each namespace is allowed on the clusters of its own chart alone, and once', () => {
  const app = makeApp();
  const delivery = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
  delivery.deliver(addMesh(app, 'one', ['m0', 'm1'], { namespace: 'one' }));
  delivery.deliver(addMesh(app, 'two', ['m0'], { namespace: 'two' }), { destination: ArgoCdDestination.clusterName('edge') });
  expect(projectOf(app)).toMatchObject({
    destinations: [
      { name: 'edge', namespace: 'two' },
      { server, namespace: 'one' },
    ],
    clusterResourceWhitelist: [NAMESPACE],
  });
});

test('objects of a chart within the chart are its own delivery', () => {
  const app = makeApp();
  const chart = addMesh(app, 'outer', []);
  new ApiObject(new Chart(chart, 'inner'), 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'inner' } });
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  expect(projectOf(app).destinations).toEqual([{ server, namespace: 'modelmesh-serving' }]);
});
