import { Chart } from 'cdk8s';
import { MM567 } from '../../../lib/checks/routing/mm567-no-placement-labeller';
import { Checks } from '../../../lib/checks/checks';
import { ArgoCdDelivery } from '../../../lib/gitops/argo-cd-delivery';
import { InferenceGateway } from '../../../lib/gateway/inference-gateway';
import { ModelMesh } from '../../../lib/mesh/model-mesh';
import { PlacementLabeller } from '../../../lib/placement-labeller/placement-labeller';
import { ModelRouting } from '../../../lib/routing/model-routing';
import { ServingRuntime } from '../../../lib/runtime/serving-runtime';
import { ModelSource } from '../../../lib/storage/model-source';
import { ModelMeshApp } from '../../../lib/synth/app';
import { MeshPlatform } from '../../../lib/values/mesh-platform';
import { ModelFormat } from '../../../lib/values/model-format';
import { messagesOf } from '../../support/checks';
import { destinationRule, head } from './helpers';

const loadBalancer = (...priorities: string[]) =>
  `{ localityLbSetting: { enabled: true, failoverPriority: [${priorities.map((text) => `'${text}'`).join(', ')}] } }`;
const holders = (prefix = 'models.modelmesh.cdk8s.io', host = 'holders') =>
  destinationRule(
    `{ host: ${host}, subsets: [{ name: a, trafficPolicy: { loadBalancer: ${loadBalancer(`${prefix}/a=loaded`)} } }, ` +
      `{ name: b, trafficPolicy: { loadBalancer: ${loadBalancer(`${prefix}/b=loaded`)} } }] }`,
  );
const labeller = (container: string, { namespace = 'models', app = 'placement-labeller' } = {}) =>
  `${head('Deployment', 'any-name', namespace, 'apps/v1')}spec: { template: { metadata: { labels: { app.kubernetes.io/name: ${app} } }, ` +
  `spec: { containers: [${container}] } } }\n`;
const withPrefix = (value: string) => labeller(`{ name: c, env: [{ name: PLACEMENT_LABELLER_LABEL_PREFIX, ${value} }] }`);

const AT = 'spec.subsets[0].trafficPolicy.loadBalancer.localityLbSetting.failoverPriority[0]';
const MISSING =
  `${AT} 'models.modelmesh.cdk8s.io/a=loaded' is a label that nothing in the manifests gives to pods, so requests go to any pod: ` +
  "add a PlacementLabeller for the mesh in namespace 'models', or suppress this if something else labels the pods";

describe('routes by labels of models', () => {
  test('without a labeller', () => {
    expect(messagesOf(MM567, holders())).toEqual([MISSING]);
    expect(messagesOf(MM567, holders() + labeller('{ name: c }', { namespace: 'others' }))).toEqual([MISSING]);
    expect(messagesOf(MM567, holders() + labeller('{ name: c }', { app: 'nginx' }))).toEqual([MISSING]);
  });

  test('with a labeller that sets the same labels, or may', () => {
    const prefix = 'models.example.com';
    expect(messagesOf(MM567, holders() + labeller('{ name: c }'))).toEqual([]);
    expect(messagesOf(MM567, holders() + withPrefix('value: models.modelmesh.cdk8s.io'))).toEqual([]);
    expect(messagesOf(MM567, holders(prefix) + withPrefix(`value: ${prefix}`))).toEqual([]);
    expect(messagesOf(MM567, holders(prefix) + withPrefix('valueFrom: { configMapKeyRef: { name: c, key: k } }'))).toEqual([]);
    expect(messagesOf(MM567, holders(prefix) + labeller('{ name: c, envFrom: [{ configMapRef: { name: c } }] }'))).toEqual([]);
    expect(messagesOf(MM567, holders(prefix) + labeller(`{ name: c, args: ['--label-prefix=${prefix}'] }`))).toEqual([]);
    expect(messagesOf(MM567, holders(prefix) + withPrefix('value: other.example.com') + withPrefix(`value: ${prefix}`))).toEqual([]);
  });

  test('with a labeller that sets others', () => {
    expect(messagesOf(MM567, holders() + withPrefix('value: models.example.com'))).toEqual([
      `${AT} 'models.modelmesh.cdk8s.io/a=loaded' is a label with the prefix 'models.modelmesh.cdk8s.io', and the PlacementLabeller in ` +
        "namespace 'models' sets labels with 'models.example.com', so requests go to any pod: give both the same labelPrefix",
    ]);
  });

  test('once for each prefix', () => {
    const rule = destinationRule(
      `{ host: holders, trafficPolicy: { loadBalancer: ${loadBalancer('x.com/a=loaded', 'y.com/a=loaded', 'y.com/b=loaded')} } }`,
    );
    expect(messagesOf(MM567, rule).map((message) => message.slice(0, 90))).toEqual([
      "spec.trafficPolicy.loadBalancer.localityLbSetting.failoverPriority[0] 'x.com/a=loaded' is ",
      "spec.trafficPolicy.loadBalancer.localityLbSetting.failoverPriority[1] 'y.com/a=loaded' is ",
    ]);
  });

  test('in the namespace of the host', () => {
    const rule = holders(undefined, 'holders.far.svc.cluster.local');
    expect(messagesOf(MM567, rule + labeller('{ name: c }'))).toEqual([MISSING.replace("'models'", "'far'")]);
    expect(messagesOf(MM567, rule + labeller('{ name: c }', { namespace: 'far' }))).toEqual([]);
    expect(messagesOf(MM567, holders(undefined, 'elsewhere.example.com'))).toEqual([]);
  });

  test('that is installed from elsewhere', () => {
    expect(messagesOf(MM567, holders(), '--existing Deployment/models/placement-labeller')).toEqual([]);
    expect(messagesOf(MM567, holders(), '--existing Deployment/others/placement-labeller')).toEqual([MISSING]);
  });

  test.each([
    'topology.kubernetes.io/region',
    'topology.kubernetes.io/region=eu',
    'models.modelmesh.cdk8s.io/a=held',
    'loaded',
    'a=loaded',
    '/a=loaded',
  ])('not: %s', (priority) => {
    expect(messagesOf(MM567, destinationRule(`{ host: a, trafficPolicy: { loadBalancer: ${loadBalancer(priority)} } }`))).toEqual([]);
  });
});

describe('of constructs', () => {
  function appWith(labelPrefix?: string, isLabelled = true) {
    const app = new ModelMeshApp({ outdir: 'unused' });
    const chart = new Chart(app, 'test');
    const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
    mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
    const routing = ModelRouting.holderFirst({ labelPrefix });
    const gateway = new InferenceGateway(chart, 'gateway', { mesh, platform: MeshPlatform.istio('1.24'), routing });
    mesh.addModel('a', { format: ModelFormat.SKLEARN, source: ModelSource.gcs({ bucket: 'models', path: 'a' }) });
    if (isLabelled) new PlacementLabeller(chart, 'labeller', { mesh, image: `labeller@sha256:${'0'.repeat(64)}`, monitor: {} });
    return { app, chart, gateway };
  }

  test('a mesh with a labeller is fine, delivered by Argo CD too', () => {
    const { app, chart } = appWith();
    new ArgoCdDelivery(app, 'argocd', { repository: 'https://git.example.com/platform/models.git' }).deliver(chart);
    expect(app.check()).toEqual([]);
  });

  test('prefixes that differ are found', () => {
    expect(appWith('models.example.com').app.check()).toMatchObject([
      { code: 'MM567', constructPath: 'test/gateway/DestinationRule', message: expect.stringContaining('give both the same labelPrefix') },
    ]);
  });

  test('one that says who labels the pods is fine', () => {
    const { app, gateway } = appWith(undefined, false);
    expect(app.check()).toMatchObject([{ code: 'MM567', severity: 'warning', message: MISSING }]);
    Checks.of(gateway).suppress('MM567', 'a job of our own labels the pods');
    expect(app.check()).toEqual([]);
  });
});
