import { MnistMesh } from '../../lib/charts/mnist-mesh';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { FluxDelivery } from '../../lib/gitops/flux-delivery';
import { ModelMeshApp } from '../../lib/synth/app';

const REPOSITORY = 'https://git.example.com/platform/models.git';

describe('one declaration in two charts', () => {
  test('on one cluster is the same objects twice, which is an error', () => {
    const app = new ModelMeshApp({ outdir: 'unused' });
    new MnistMesh(app, 'dev');
    new MnistMesh(app, 'prod');
    expect(() => app.synthYaml()).toThrow(
      "[prod/gateway/Gateway] Gateway 'grpc-gateway' in namespace 'modelmesh-serving' is declared by 'dev/gateway/Gateway' too: remove one of them or rename it",
    );
  });

  test('that Argo CD delivers to two clusters is two sets of objects', () => {
    const app = new ModelMeshApp({ outdir: 'unused' });
    const argo = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
    argo.deliver(new MnistMesh(app, 'dev'), { destination: ArgoCdDestination.clusterName('dev') });
    argo.deliver(new MnistMesh(app, 'prod'), { destination: ArgoCdDestination.clusterName('prod') });
    expect(app.synthYaml().match(/name: grpc-gateway\n/g)).toHaveLength(2);
  });

  test('that Flux delivers to two clusters is two sets of objects', () => {
    const app = new ModelMeshApp({ outdir: 'unused' });
    const flux = new FluxDelivery(app, 'flux', { repository: REPOSITORY });
    flux.deliver(new MnistMesh(app, 'dev'));
    flux.deliver(new MnistMesh(app, 'prod'), { kubeConfigSecretName: 'prod-kubeconfig' });
    expect(app.synthYaml().match(/name: grpc-gateway\n/g)).toHaveLength(2);
  });

  test('that is delivered to one cluster twice is an error', () => {
    const app = new ModelMeshApp({ outdir: 'unused' });
    const argo = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
    argo.deliver(new MnistMesh(app, 'dev'));
    argo.deliver(new MnistMesh(app, 'prod'));
    expect(() => app.synthYaml()).toThrow(
      "Gateway 'grpc-gateway' in namespace 'modelmesh-serving' is declared by 'dev/gateway/Gateway' too",
    );
  });
});
