import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { MnistMesh } from '../../lib/charts/mnist-mesh';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { DestinationSplit } from '../../lib/gitops/destination-split';
import { FluxDelivery } from '../../lib/gitops/flux-delivery';
import { ModelMeshApp, type ModelMeshAppProps } from '../../lib/synth/app';
import { addMesh, built, folderOf, makeApp, makeExample, problemsIn, REPOSITORY } from '../gitops/helpers';

const split = DestinationSplit.controlPlaneAndDataPlane();
const pathsOf = (app: ModelMeshApp): string[] => built(app).map(({ path }) => path);

test('the worked example, apart', () => {
  expect(pathsOf(makeExample({ split }).app)).toEqual([
    'control-plane/mnist/30-ASMGrpcJsonTranscoder.grpcjsontranscoder-for-kservepredictv2.k8s.yaml',
    'control-plane/mnist/30-DestinationRule.modelmesh-serving.k8s.yaml',
    'control-plane/mnist/30-EnvoyFilter.grpcjsontranscoder-increasebufferlimit.k8s.yaml',
    'control-plane/mnist/30-EnvoyFilter.modelmesh-inference-only.k8s.yaml',
    'control-plane/mnist/30-Gateway.grpc-gateway.k8s.yaml',
    'control-plane/mnist/30-VirtualService.vs-modelmesh-serving-service.k8s.yaml',
    'data-plane/mnist/00-Namespace.modelmesh-serving.k8s.yaml',
    'data-plane/mnist/10-PersistentVolumeClaim.my-models-pvc.k8s.yaml',
    'data-plane/mnist/10-Secret.storage-config.k8s.yaml',
    'data-plane/mnist/15-Pod.pvc-access.k8s.yaml',
    'data-plane/mnist/20-ServingRuntime.mlserver-1.x.k8s.yaml',
    'data-plane/mnist/20-ServingRuntime.triton-2.x.k8s.yaml',
    'data-plane/mnist/40-InferenceService.sklearn-mnist.k8s.yaml',
    'data-plane/mnist/40-InferenceService.tf-mnist.k8s.yaml',
  ]);
});

test('only folders differ, no object does', () => {
  const contents = (props: ModelMeshAppProps) =>
    built(makeExample(props).app)
      .map(({ path, content }) => `${path.split('/').at(-1)}\n${content.toString('utf8')}`)
      .sort();
  expect(contents({ split })).toEqual(contents({}));
});

test.each([
  ['networking.istio.io/v1', 'control-plane'],
  ['security.istio.io/v1', 'control-plane'],
  ['telemetry.istio.io/v1', 'control-plane'],
  ['extensions.istio.io/v1alpha1', 'control-plane'],
  ['istio.alibabacloud.com/v1beta1', 'control-plane'],
  ['gateway.networking.k8s.io/v1', 'data-plane'],
  ['inference.networking.k8s.io/v1', 'data-plane'],
  ['networking.k8s.io/v1', 'data-plane'],
  ['serving.kserve.io/v1beta1', 'data-plane'],
  ['v1', 'data-plane'],
])('an object of %s goes to %s', (apiVersion, folder) => {
  const app = makeApp({ split });
  new ApiObject(new Chart(app, 'chart'), 'x', { apiVersion, kind: 'Anything', metadata: { name: 'x' } });
  expect(pathsOf(app)[0]?.split('/').slice(0, 2)).toEqual([folder, 'chart']);
});

test('shards are below the data plane, deliveries below neither', () => {
  const app = makeApp({ split });
  const chart = addMesh(app, 'mesh', ['m0', 'm1'], { modelShards: 2 });
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart);
  new FluxDelivery(app, 'flux', { repository: REPOSITORY }).deliver(chart);
  expect([...new Set(pathsOf(app).map((path) => path.slice(0, path.lastIndexOf('/'))))]).toEqual([
    'argocd',
    'data-plane/mesh',
    'data-plane/mesh-models-00',
    'data-plane/mesh-models-01',
    'flux',
  ]);
});

test('there is an Application for each folder, with its own cluster', () => {
  const { app, chart } = makeExample({ split });
  const controlPlaneDestination = ArgoCdDestination.server('https://asm.example.com');
  new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY }).deliver(chart, { controlPlaneDestination });
  const [, ...applications] = Object.values(folderOf(app, 'argocd'));
  expect(applications.map(({ metadata, spec }) => [metadata.name, spec.source.path, spec.destination])).toEqual([
    ['control-plane-mnist', 'dist/control-plane/mnist', { server: 'https://asm.example.com', namespace: 'istio-system' }],
    ['data-plane-mnist', 'dist/data-plane/mnist', { server: 'https://kubernetes.default.svc', namespace: 'modelmesh-serving' }],
  ]);
});

test('without a cluster for the control plane, a chart with objects for it is a problem, and one without is none', () => {
  const { app, chart } = makeExample({ split });
  const delivery = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
  delivery.deliver(chart);
  delivery.deliver(addMesh(app, 'plain', [], { namespace: 'plain' }));
  expect(problemsIn(app)).toEqual([
    "[argocd] chart 'mnist' has objects for the control plane apart from the rest: give deliver() a controlPlaneDestination",
  ]);
  expect(() => app.synthYaml()).toThrow(
    "[argocd] chart 'mnist' has objects for the control plane apart from the rest: give deliver() a controlPlaneDestination",
  );
});

test('every property of the app reaches what it publishes', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'split-test-')));
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const props: Required<ModelMeshAppProps> = {
      outdir: join(folder, 'out'),
      split: DestinationSplit.controlPlaneAndDataPlane({ controlPlane: 'asm', dataPlane: 'ack' }),
      strict: true,
    };
    const app = new ModelMeshApp(props);
    new MnistMesh(app, 'mnist');
    app.synth();
    expect(readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'))).toEqual(['ack', 'asm']);
    expect(readdirSync(join(folder, 'out', 'asm', 'mnist'))).toHaveLength(6);
    expect(readdirSync(join(folder, 'out', 'ack', 'mnist'))).toHaveLength(8);
    expect(stderr).toHaveBeenCalledTimes(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
