import { modelLabelKey } from '../../lib/values/model-label';
import { LabelledMesh, type Mesh } from '../placement-labeller/labelled-mesh';
import type { LabellerProcess } from '../placement-labeller/labeller-process';
import { eventually } from '../routing/poll';
import { describeWithServers } from '../servers/describe-with-servers';

describeWithServers('The placement labeller', () => {
  let where: LabelledMesh;
  let mesh: Mesh;
  let labeller: LabellerProcess;
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
  });
  afterEach(() => labeller?.stop());

  test('labels follow the registry: loads, copies, moves, revisions, removals', async () => {
    await mesh.registry.addModel('tf-mnist', [idOfA]);
    labeller = await mesh.startLabeller();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });

    await mesh.registry.place('tf-mnist', [idOfA, idOfB]);
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });

    await mesh.registry.addModel('sklearn-mnist', [idOfC]);
    await mesh.registry.place('tf-mnist', [idOfC]);
    await mesh.expectHeld({ [c]: ['sklearn-mnist', 'tf-mnist'] });

    // A new revision is loaded elsewhere first; the name stands for the old one until it is.
    await where.etcd.putAll([mesh.registry.model('tf-mnist', [idOfB], Date.now(), 1)]);
    await mesh.registry.addModel('third', [idOfB]);
    await mesh.expectHeld({ [b]: ['third'], [c]: ['sklearn-mnist', 'tf-mnist'] });
    await where.etcd.putAll([mesh.registry.alias('tf-mnist', 1)]);
    await mesh.expectHeld({ [b]: ['tf-mnist', 'third'], [c]: ['sklearn-mnist'] });

    await mesh.registry.removeModel('sklearn-mnist');
    await mesh.registry.removeModel('third');
    await mesh.expectHeld({ [b]: ['tf-mnist'] });
  });

  test('a pod that shuts down, or whose process is gone, holds nothing; one that started anew holds what it loaded since', async () => {
    labeller = await mesh.startLabeller();
    for (const model of ['one', 'two', 'three']) await mesh.registry.addModel(model, [idOfA, idOfB, idOfC]);
    const all = ['one', 'three', 'two'];
    await mesh.expectHeld({ [a]: all, [b]: all, [c]: all });

    await mesh.registry.putInstance(idOfA, { shutdown: true });
    await mesh.registry.removeInstance(idOfB);
    await mesh.registry.putInstance(idOfC, { startTime: Date.now() + 60_000 });
    await mesh.expectHeld({});

    await mesh.registry.putInstance(idOfC, { startTime: Date.now() });
    await mesh.registry.place('one', []);
    await mesh.registry.place('one', [idOfC]);
    await mesh.expectHeld({ [c]: ['one'] });
  });

  test('names that no label can have get the label that the routing looks for', async () => {
    const names = ['With.Capitals_and-marks', `long-${'x'.repeat(90)}`, 'unlabelled/one', 'ünïcode', '-', 'a--0123456789abcdef0123'];
    labeller = await mesh.startLabeller();
    for (const name of names) await mesh.registry.addModel(name, [idOfA]);
    await mesh.expectHeld({ [a]: names.map((name) => modelLabelKey(name, '').slice(1)).sort() });
  });

  test('labels of others stay as they are, and ours come back when others change them', async () => {
    await mesh.objects.setLabels(a, { team: 'ml', 'models.modelmesh.cdk8s.io.example.com/x': 'loaded', 'other.io/tf-mnist': 'loaded' });
    const others = await mesh.objects.labels(a);
    await mesh.registry.addModel('tf-mnist', [idOfA]);
    labeller = await mesh.startLabeller();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    expect(await mesh.objects.labels(a)).toEqual({ ...others, 'models.modelmesh.cdk8s.io/tf-mnist': 'loaded' });

    await mesh.objects.setLabels(a, {
      'models.modelmesh.cdk8s.io/tf-mnist': null,
      'models.modelmesh.cdk8s.io/other': 'loaded',
      team: 'other',
    });
    await mesh.objects.setLabels(b, { 'models.modelmesh.cdk8s.io/tf-mnist': 'false' });
    await eventually(async () =>
      expect(await mesh.objects.labels(a)).toEqual({ ...others, team: 'other', 'models.modelmesh.cdk8s.io/tf-mnist': 'loaded' }),
    );
    await eventually(async () => expect(Object.keys(await mesh.objects.labels(b))).toEqual(['modelmesh-service']));
  });

  test('a pod that is made anew under its name is labelled anew, and pods that the selector leaves out are not', async () => {
    await mesh.registry.addModel('tf-mnist', [idOfA]);
    labeller = await mesh.startLabeller();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    for (let round = 0; round < 5; round += 1) {
      await mesh.objects.remove(a);
      await mesh.objects.create(a);
      await mesh.registry.place('tf-mnist', round % 2 === 0 ? [idOfA, idOfB] : [idOfA]);
    }
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });

    const stranger = `stranger-${idOfC}`;
    await mesh.objects.create(stranger, { 'modelmesh-service': 'another-mesh' });
    await mesh.registry.place('tf-mnist', [idOfC]);
    await mesh.expectHeld({ [c]: ['tf-mnist'] });
  });

  test('hundreds of changes at once become one patch for each pod', async () => {
    labeller = await mesh.startLabeller({ flags: ['--batch-window-millis=200'] });
    const names = Array.from({ length: 45 }, (_, number) => `model-${String(number).padStart(3, '0')}`);
    await where.etcd.putAll(names.map((name) => mesh.registry.alias(name)));
    await where.etcd.putAll(names.map((name) => mesh.registry.model(name, [idOfA, idOfB])));
    await mesh.expectHeld({ [a]: names, [b]: names });
    expect(await labeller.metric('placement_labeller_patches_total{result="ok"}')).toBe(2);
    expect(await labeller.metric('placement_labeller_labels_total{change="set"}')).toBe(90);
  });

  test('the metrics can be read, and say what was done', async () => {
    await mesh.registry.addModel('tf-mnist', [idOfA, idOfB]);
    labeller = await mesh.startLabeller();
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });
    await mesh.registry.place('tf-mnist', [idOfA]);
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    const metric = (name: string) => labeller.metric(`placement_labeller_${name}`);
    await eventually(async () => expect(await metric('labels_total{change="removed"}')).toBe(1));
    expect(await metric('labels_total{change="set"}')).toBe(2);
    expect(await metric('label_lag_seconds_count')).toBe(3);
    expect(await metric('leader')).toBe(1);
    expect(await metric('objects{of="pods"}')).toBe(3);
    expect(await metric('objects{of="models"}')).toBe(1);
    expect(await metric('errors_total{source="etcd"}')).toBe(0);
    expect(await metric('watch_restarts_total{source="etcd"}')).toBe(0);
    expect(await metric('stale')).toBe(0);
    expect(await labeller.get('/livez')).toEqual({ status: 200, body: 'ok\n' });
    expect(await labeller.get('/')).toMatchObject({ status: 404 });
  });

  test('SIGTERM: it gives the Lease up and ends in good order, and the labels stay', async () => {
    await mesh.registry.addModel('tf-mnist', [idOfA]);
    labeller = await mesh.startLabeller();
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    await labeller.stop();
    expect(labeller.log().at(-1)).toMatchObject({ level: 'info', msg: 'stopped' });
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'placement-labeller-modelmesh-serving', namespace: mesh.namespace },
    };
    expect(await where.cluster.resources.find(lease)).toMatchObject({ spec: { holderIdentity: '' } });
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
  });

  test('cleanup takes all labels away, once no labeller holds the Lease', async () => {
    await mesh.registry.addModel('tf-mnist', [idOfA, idOfB]);
    labeller = await mesh.startLabeller();
    const both = { [a]: ['tf-mnist'], [b]: ['tf-mnist'] };
    await mesh.expectHeld(both);

    const refused = await labeller.cleanup();
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain(
      `a labeller holds the Lease placement-labeller-modelmesh-serving in namespace ${mesh.namespace}: stop it first, e.g. scale its Deployment to 0`,
    );
    await mesh.expectHeld(both);

    await labeller.stop();
    await mesh.objects.setLabels(a, { team: 'ml', 'modelmesh-service': 'no-longer' });
    expect(await labeller.cleanup()).toMatchObject({ exitCode: 0, stderr: '' });
    await mesh.expectHeld({});
    expect(await mesh.objects.labels(a)).toEqual({ team: 'ml', 'modelmesh-service': 'no-longer' });
  });

  test('wrong options end with exit code 2 and all problems', async () => {
    labeller = await mesh.startLabeller();
    expect(await labeller.cleanup('--lease-minutes=1', '--label-prefix=Not a domain')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: [
        "there is no option '--lease-minutes': README.md of placement-labeller lists them",
        "--label-prefix 'Not a domain' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit\n",
      ].join('\n'),
    });
  });
});
