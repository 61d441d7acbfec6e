import { LabelledMesh, type Mesh } from '../placement-labeller/labelled-mesh';
import { LabellerProcess } from '../placement-labeller/labeller-process';
import { RegistryEtcd } from '../placement-labeller/registry-etcd';
import { eventually } from '../routing/poll';
import { describeWithServers } from '../servers/describe-with-servers';

describeWithServers('The placement labeller when something fails', () => {
  let where: LabelledMesh;
  let mesh: Mesh;
  let labellers: LabellerProcess[] = [];
  let [a, b, c] = ['', '', ''];
  let [idOfA, idOfB, idOfC] = ['', '', ''];

  beforeAll(async () => {
    where = await LabelledMesh.start();
    [a, b, c] = where.pods.map(({ name }) => name) as [string, string, string];
    [idOfA, idOfB, idOfC] = where.pods.map(({ instanceId }) => instanceId) as [string, string, string];
  });
  afterAll(() => where?.stop());
  beforeEach(async () => {
    mesh = await where.addMesh();
    await mesh.registry.addModel('tf-mnist', [idOfA]);
  });
  afterEach(async () => {
    for (const labeller of labellers) await labeller.stop();
    labellers = [];
  });

  const start = async (options: Parameters<Mesh['startLabeller']>[0] = {}): Promise<LabellerProcess> => {
    const labeller = await mesh.startLabeller(options);
    labellers.push(labeller);
    return labeller;
  };

  /** The three programs that a crash may take. */
  type Program = 'labeller' | 'etcd' | 'API server';
  const nameOf = (program: Program): string =>
    ({ labeller: labellers[0]!.name, etcd: RegistryEtcd.serverName, 'API server': 'kube-apiserver' })[program];
  const isBack = async (program: Program): Promise<void> => {
    if (program === 'etcd') await where.etcd.isReady();
    if (program !== 'API server') return;
    await where.cluster.host.waitFor(
      'kube-apiserver',
      async () => (await where.cluster.resources.client.request('GET', '/readyz')).status === 200,
    );
  };

  test.each<Program[]>([
    ['labeller', 'etcd', 'API server'],
    ['API server', 'labeller', 'etcd'],
    ['etcd', 'API server', 'labeller'],
    ['labeller', 'API server', 'etcd'],
    ['API server', 'etcd', 'labeller'],
    ['etcd', 'labeller', 'API server'],
  ])('killed one after the other, %s, %s, %s, and started again in that order: the labels become right', async (...order) => {
    const { host } = where.cluster;
    await start();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    for (const program of order) await host.killServer(nameOf(program));
    for (const program of order) {
      await host.runAgain(nameOf(program));
      await isBack(program);
    }
    await mesh.registry.place('tf-mnist', [idOfB]);
    await mesh.registry.addModel('new', [idOfB, idOfC]);
    await mesh.expectHeld({ [b]: ['new', 'tf-mnist'], [c]: ['new'] }, 60_000);
  });

  test('what changed while it was away is right after its start, and what did not change is not touched', async () => {
    await mesh.registry.addModel('stays', [idOfB]);
    const labeller = await start();
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['stays'] });
    await labeller.kill();
    await mesh.registry.place('tf-mnist', [idOfC]);
    await labeller.runAgain();
    await mesh.expectHeld({ [b]: ['stays'], [c]: ['tf-mnist'] });
    await eventually(async () => expect(await labeller.metric('placement_labeller_patches_total{result="ok"}')).toBe(2));
    expect(await labeller.metric('placement_labeller_labels_total{change="set"}')).toBe(1);
    expect(await labeller.metric('placement_labeller_labels_total{change="removed"}')).toBe(1);
  });

  test('a watch that fell behind a compaction begins anew', async () => {
    const labeller = await start();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    labeller.signal('SIGSTOP');
    try {
      // More answers than etcd and the connection hold back for somebody who does not read: a thousand and some.
      const fillers = Array.from({ length: 100 }, (_, number) => `filler-${number}`);
      for (let round = 0; round < 30; round += 1) await Promise.all(fillers.map((name) => mesh.registry.place(name, [idOfB], round)));
      await mesh.registry.place('tf-mnist', [idOfC]);
      await where.etcd.compact();
    } finally {
      labeller.signal('SIGCONT');
    }
    await mesh.expectHeld({ [c]: ['tf-mnist'] }, 60_000);
    await eventually(async () =>
      expect(labeller.log().map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/compacted up to revision [0-9]+/)),
    );
  });

  test('silence of etcd changes no label until the declared age; then all go, and come back with etcd', async () => {
    const { host } = where.cluster;
    const labeller = await start({ flags: ['--stale-after-seconds=10'] });
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    await host.killServer(RegistryEtcd.serverName);
    const silence = () => labeller.metric('placement_labeller_etcd_silence_seconds');
    let looks = 0;
    for (let held = await mesh.objects.held(); (await silence()) < 9.5; held = await mesh.objects.held()) {
      expect(held).toEqual({ [a]: ['tf-mnist'] });
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(looks).toBeGreaterThan(3);
    await mesh.expectHeld({});
    expect(await silence()).toBeGreaterThan(10);
    expect(await labeller.metric('placement_labeller_stale')).toBe(1);
    // Other pods are not labelled from memory, either.
    await mesh.objects.setLabels(b, { 'models.modelmesh.cdk8s.io/tf-mnist': 'loaded' });
    await mesh.expectHeld({});

    await host.runAgain(RegistryEtcd.serverName);
    await where.etcd.isReady();
    await mesh.expectHeld({ [a]: ['tf-mnist'] }, 60_000);
    expect(await labeller.metric('placement_labeller_stale')).toBe(0);
  });

  test('without etcd from its start, it leaves the labels alone until the declared age', async () => {
    const first = await start();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    await first.kill();
    const connection = { ...mesh.connection, endpoints: 'http://127.0.0.1:9' };
    const late = await LabellerProcess.start({
      cluster: where.cluster,
      namespace: mesh.namespace,
      connection,
      name: 'late',
      flags: ['--stale-after-seconds=20'],
    });
    labellers.push(late);
    await eventually(async () => expect(await late.metric('placement_labeller_leader')).toBe(1));
    expect(await late.get('/readyz')).toEqual({ status: 503, body: 'waiting for etcd\n' });
    expect(await mesh.objects.held()).toEqual({ [a]: ['tf-mnist'] });
    await mesh.expectHeld({}, 60_000);
    expect(await late.metric('placement_labeller_stale')).toBe(1);
  });

  test('of two replicas one labels; when it is killed the other goes on, without a label in between that is gone or false', async () => {
    const first = await start({ name: 'first' });
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    const second = await start({ name: 'second' });
    expect(await second.metric('placement_labeller_leader')).toBe(0);
    await mesh.registry.place('tf-mnist', [idOfA, idOfB]);
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });
    expect(await second.metric('placement_labeller_labels_total{change="set"}')).toBe(0);

    await first.kill();
    await eventually(async () => {
      expect(await mesh.objects.held()).toEqual({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });
      expect(await second.metric('placement_labeller_leader')).toBe(1);
    });
    await mesh.registry.place('tf-mnist', [idOfC]);
    await mesh.expectHeld({ [c]: ['tf-mnist'] });

    // Back again, it waits.
    await first.runAgain();
    await first.isReady();
    expect(await first.metric('placement_labeller_leader')).toBe(0);
    await second.stop();
    await eventually(async () => expect(await first.metric('placement_labeller_leader')).toBe(1));
  });

  test('an API server that is away is asked again, less and less often', async () => {
    const labeller = await start();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    await where.cluster.host.killServer('kube-apiserver');
    await mesh.registry.place('tf-mnist', [idOfB]);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const tries = labeller.log().filter(({ msg }) => msg === 'the pods cannot be watched' || msg === 'a pod could not be labelled');
    expect(tries.length).toBeGreaterThan(1);
    expect(tries.length).toBeLessThan(30);
    await where.cluster.host.runAgain('kube-apiserver');
    await isBack('API server');
    await mesh.expectHeld({ [b]: ['tf-mnist'] }, 60_000);
  });
});
