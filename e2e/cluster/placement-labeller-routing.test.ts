import { Duration } from 'cdk8s';
import { MeshPlatform, ModelRouting, PlacementLabeller } from '../../lib/index';
import { modelLabelKey } from '../../lib/values/model-label';
import { DeclaredLabeller } from '../placement-labeller/declared-labeller';
import { buildLabeller } from '../placement-labeller/labeller-process';
import { LabelledPods } from '../placement-labeller/labelled-pods';
import { ModelMeshRegistry } from '../placement-labeller/modelmesh-registry';
import { RegistryEtcd } from '../placement-labeller/registry-etcd';
import { RegistryMirror } from '../placement-labeller/registry-mirror';
import { auditedRequests, beyondLabels, rightOf, rightsOf, withoutRight } from '../placement-labeller/rights';
import { killUnderLoad, settled, wasDirect, wasInFlight } from '../routing/behaviour';
import { DataPlane, PLACEMENT, PODS } from '../routing/data-plane';
import type { InferenceAnswer } from '../routing/inference-client';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE, MODEL_NAMES, type ModelName, SERVICE_NAME } from '../routing/routed-mesh';

const NAME = 'placement-labeller';
const SERVICE_ACCOUNT = `system:serviceaccount:${MESH_NAMESPACE}:${NAME}`;
const STALE_AFTER_SECONDS = 10;
const HELD = MODEL_NAMES.filter((model) => PLACEMENT[model].length > 0);

describeWithDataPlane('Requests that follow the labels of the placement labeller', (programs) => {
  let plane: DataPlane;
  let etcd: RegistryEtcd;
  let mirror: RegistryMirror;
  let labeller: DeclaredLabeller;
  let objects: LabelledPods;

  beforeAll(async () => {
    buildLabeller();
    plane = await DataPlane.start(programs, { auditedUser: SERVICE_ACCOUNT });
    const { cluster, pods } = plane;
    etcd = await RegistryEtcd.start(cluster.host);
    const registry = new ModelMeshRegistry(etcd, MESH_NAMESPACE, SERVICE_NAME);
    objects = new LabelledPods(cluster, MESH_NAMESPACE, SERVICE_NAME);
    await plane.reset();
    mirror = await RegistryMirror.start(pods.registry, registry);
    // ModelMesh's controller makes it in the namespace of every mesh.
    await cluster.resources.ensure({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'model-serving-etcd', namespace: MESH_NAMESPACE },
      stringData: { etcd_connection: JSON.stringify({ endpoints: etcd.url, root_prefix: registry.rootPrefix }) },
    });
    await deploy();
    const deployment = declared('Deployment');
    // So that no test waits for the usual 15 seconds.
    labeller = await DeclaredLabeller.of(cluster, (await cluster.resources.find(deployment))!, { PLACEMENT_LABELLER_LEASE_SECONDS: '3' });
    await settled(plane, 'iris', () => true);
  });
  afterAll(async () => {
    await mirror?.stop();
    await plane?.stop();
  });
  afterEach(async () => expect(await plane.envoy.rejections()).toBe(0));

  /** Has the API server take what a user declares, without a complaint. */
  const deploy = ({ cleanup = false } = {}) =>
    plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.holderFirst() }, (chart, mesh) => {
      const image = `registry.example.com/placement-labeller@sha256:${'0'.repeat(64)}`;
      const staleAfter = Duration.seconds(STALE_AFTER_SECONDS);
      new PlacementLabeller(chart, 'labeller', {
        mesh,
        image,
        staleAfter,
        cleanup,
        labelsOnly: true,
        monitor: { labels: { release: 'prometheus' } },
      });
    });
  const declared = (kind: string) => plane.manifests.find((object) => object.kind === kind)!;

  /** The models of every pod, by its labels. */
  const placed = (placement: Record<string, readonly string[]>): Record<string, string[]> => {
    const held: Record<string, string[]> = {};
    for (const [model, pods] of Object.entries(placement))
      for (const pod of pods) (held[pod] ??= []).push(modelLabelKey(model, '').slice(1));
    return Object.fromEntries(Object.entries(held).map(([pod, names]) => [pod, names.sort()]));
  };
  const labelled = (placement: () => Record<string, readonly string[]>, timeoutMillis?: number) =>
    eventually(async () => expect(await objects.held()).toEqual(placed(placement())), timeoutMillis);
  const placement = () =>
    Object.fromEntries(Object.keys(plane.pods.registry.read().models).map((name) => [name, plane.pods.registry.holders(name)]));
  const followed = async () => {
    await labelled(placement);
    for (const model of HELD) await settled(plane, model, wasDirect);
  };
  const anyPod = async (model: ModelName) =>
    eventually(async () => {
      const answers = await plane.client.inferTimes(model, 40);
      expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(Object.keys(PODS)));
    });

  /** Sends requests for one model after the other while something happens: none of them may fail. Returns the answers. */
  async function underLoad(happening: () => Promise<unknown>, models: readonly ModelName[] = HELD): Promise<InferenceAnswer[]> {
    const answers: InferenceAnswer[] = [];
    let isOver = false;
    const end = happening().finally(() => (isOver = true));
    while (!isOver || answers.length < 5 * models.length) answers.push(await plane.client.infer(models[answers.length % models.length]!));
    await end;
    expect(answers.filter(({ grpcStatus, ran }, index) => grpcStatus !== 0 || ran !== models[index % models.length])).toEqual([]);
    return answers;
  }

  test('the pods of the Deployment may run where Pod Security is restricted', async () => {
    const metadata = {
      name: 'restricted',
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' },
    };
    await plane.cluster.resources.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata });
    const { pod } = labeller;
    const at = (object: typeof pod) => ({ ...object, metadata: { ...object.metadata, namespace: 'restricted' } });
    expect(await plane.cluster.resources.apply(at(pod), { dryRun: true })).toMatchObject({ status: 201, warnings: [] });
    const careless = { ...pod, spec: { containers: [{ name: 'labeller', image: 'labeller:1' }] } };
    expect(await plane.cluster.resources.apply(at(careless), { dryRun: true })).toMatchObject({ status: 403 });
  });

  test('before: any pod takes a request, and most of them pass it on', async () => {
    expect(await objects.held()).toEqual({});
    const answers = await plane.client.inferTimes('iris', 80);
    const rate = answers.filter(wasDirect).length / answers.length;
    expect(rate).toBeGreaterThan(0.1);
    expect(rate).toBeLessThan(0.4);
  });

  test('after: with the labels of the labeller every request meets a holder first', async () => {
    await underLoad(async () => {
      await labeller.start();
      await labelled(placement);
    });
    expect(await objects.held()).toEqual(placed(PLACEMENT));
    for (const model of HELD) {
      await settled(plane, model, wasDirect);
      const answers = await plane.client.inferTimes(model, 50);
      expect(answers.filter((answer) => !wasDirect(answer) || answer.ran !== model)).toEqual([]);
      expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT[model]));
    }
  });

  test('a model that moves, gets a second holder, or is loaded for a request, takes its requests along', async () => {
    const { registry } = plane.pods;
    await underLoad(async () => {
      registry.place('wine', ['mlserver-b7m9q']);
      registry.place('resnet', ['triton-c5w8z', 'triton-h6t3r']);
      expect(await plane.client.infer('fraud')).toMatchObject({ grpcStatus: 0, loaded: true });
      await followed();
    });
    await settled(plane, 'fraud', wasDirect);
    const servers = async (model: ModelName) => new Set((await plane.client.inferTimes(model, 20)).map(({ servedBy }) => servedBy));
    expect(await servers('wine')).toEqual(new Set(['mlserver-b7m9q']));
    expect(await servers('resnet')).toEqual(new Set(['triton-c5w8z', 'triton-h6t3r']));
  });

  test('the pod that labels is killed: no request fails, and the other one takes over', async () => {
    const first = (await labeller.leader())!;
    expect(labeller.names).toContain(first);
    await underLoad(async () => {
      await labeller.kill([first]);
      plane.pods.registry.place('wine', ['mlserver-x2k4p']);
      await followed();
    });
    expect(labeller.names.filter((name) => name !== first)).toContain(await labeller.leader());
    await labeller.start([first]);
  });

  test('all pods of the labeller are killed: requests go on to the holders, and a model that moves costs a hop until they are back', async () => {
    await labeller.kill();
    expect((await underLoad(() => Promise.resolve())).every(wasDirect)).toBe(true);
    await underLoad(async () => {
      plane.pods.registry.place('wine', ['mlserver-b7m9q']);
      expect(await plane.client.infer('wine')).toMatchObject({ grpcStatus: 0, servedBy: 'mlserver-b7m9q', forwardedBy: 'mlserver-x2k4p' });
      await labeller.start();
      await followed();
    });
  });

  test('etcd is killed: no request fails; in time the labels go, and any pod takes a request; they come back with it', async () => {
    await underLoad(async () => {
      await plane.cluster.host.killServer(RegistryEtcd.serverName);
      // The labels stay for a while: mere silence proves nothing.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(await objects.held()).toEqual(placed(placement()));
      await labelled(() => ({}), 3 * STALE_AFTER_SECONDS * 1000);
    });
    await underLoad(() => anyPod('iris'));
    await underLoad(async () => {
      await plane.cluster.host.runAgain(RegistryEtcd.serverName);
      await etcd.isReady();
      await followed();
    });
  });

  test('the labeller may do what it does, and nothing else', async () => {
    const requests = auditedRequests(plane.cluster);
    expect([...new Set(requests.map(rightOf))].sort()).toEqual(rightsOf(declared('Role')));
    // No Lease at first, and one that the other pod was quicker to take; no refusal for any other reason.
    const answers = requests.map(({ responseStatus: { code }, objectRef }) => `${code >= 300 ? `${objectRef.resource} ` : ''}${code}`);
    expect(['200', '201', 'leases 404', 'leases 409', 'pods 404', 'pods 409']).toEqual(expect.arrayContaining([...new Set(answers)]));

    const client = labeller.client();
    expect(await withoutRight(client, MESH_NAMESPACE, 'mlserver-b7m9q')).toEqual([]);
    expect(await beyondLabels(client, MESH_NAMESPACE, 'mlserver-b7m9q')).toEqual([]);
    client.close();
  });

  test('the API server is killed: requests go on to the holders; what moved in the meantime is labelled when it is back', async () => {
    const { host, resources } = plane.cluster;
    const isReady = async () => (await resources.client.request('GET', '/readyz')).status === 200;
    const answers = await underLoad(async () => {
      await host.killServer('kube-apiserver');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    });
    expect(answers.every(wasDirect)).toBe(true);
    await underLoad(async () => {
      plane.pods.registry.place('wine', ['mlserver-x2k4p']);
      await host.runAgain('kube-apiserver');
      await host.waitFor('kube-apiserver', isReady);
      // istiod and the labeller ask again at intervals of up to half a minute.
      await eventually(followed, 120_000);
    });
  });

  test('the only holder dies while nobody labels: other pods take over after one failed request at most', async () => {
    await labeller.kill();
    const { failed } = await killUnderLoad(plane, 'tf-mnist', 'triton-h6t3r');
    expect(failed.filter((answer) => !wasInFlight(answer)).length).toBeLessThanOrEqual(1);
    expect(failed.length).toBeLessThanOrEqual(2);
    await plane.reset();
    await labeller.start();
    // For half a minute Envoy leaves out the pod that failed, whatever its labels.
    await labelled(placement);
  });

  test('uninstalled: no request fails, no label stays, and any pod takes a request', async () => {
    await underLoad(() => labeller.stop());
    expect(await objects.held()).toEqual(placed(placement()));
    await underLoad(async () => {
      const deployment = declared('Deployment');
      await deploy({ cleanup: true });
      expect(await plane.cluster.resources.find(deployment)).toBeUndefined();
      const { exitCode, stdout, stderr } = await labeller.runJob(declared('Job'));
      expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });
    });
    expect(await objects.held()).toEqual({});
    await underLoad(() => anyPod('iris'));
    expect(await plane.client.inferTimes('nosuch', 1)).toMatchObject([{ grpcStatus: 5 }]);
  });
});
