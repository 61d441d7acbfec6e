import { readFileSync } from 'node:fs';
import { LabelledMesh, type Mesh } from '../placement-labeller/labelled-mesh';
import { type LabellerProcess } from '../placement-labeller/labeller-process';
import { READER } from '../placement-labeller/registry-etcd';
import { eventually } from '../routing/poll';
import { describeWithServers } from '../servers/describe-with-servers';

describeWithServers('The placement labeller and an etcd with TLS, client certificates, users and passwords', () => {
  let where: LabelledMesh;
  let mesh: Mesh;
  let labeller: LabellerProcess;
  let [a, b] = ['', ''];
  let [idOfA, idOfB] = ['', ''];

  beforeAll(async () => {
    where = await LabelledMesh.start({ isSecured: true });
    [a, b] = where.pods.map(({ name }) => name) as [string, string];
    [idOfA, idOfB] = where.pods.map(({ instanceId }) => instanceId) as [string, string];
    mesh = await where.addMesh();
    await mesh.registry.addModel('tf-mnist', [idOfA]);
  });
  afterAll(() => where?.stop());
  afterEach(() => labeller?.stop());

  const read = (file: string): string => readFileSync(file, 'utf8');
  const connection = (): Record<string, string> => ({
    ...mesh.connection,
    userid: READER.name,
    password: READER.password,
    certificate: read(where.etcd.certificates!.authority),
    client_certificate: read(where.etcd.certificates!.client.file),
    client_key: read(where.etcd.certificates!.client.keyFile),
    // The certificate has this name, and no other.
    override_authority: 'etcd.modelmesh',
  });

  test('labels follow the registry, and no credential is logged', async () => {
    labeller = await mesh.startLabeller({ connection: connection() });
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    await mesh.registry.place('tf-mnist', [idOfB]);
    await mesh.expectHeld({ [b]: ['tf-mnist'] });
    await labeller.stop();
    const log = JSON.stringify(labeller.log());
    expect(log).toContain('(TLS, as a user)');
    expect(log).not.toContain(READER.password);
    expect(log).not.toContain('PRIVATE KEY');
  });

  test('a wrong password, a missing certificate and a wrong name are told, without the credential; a changed file mends them without a restart', async () => {
    const { password: _, ...rest } = connection();
    const isTold = (reason: RegExp) =>
      eventually(async () => expect(labeller.log().map((line) => line['reason'])).toContainEqual(expect.stringMatching(reason)));
    labeller = await mesh.startLabeller({ connection: { ...rest, password: 'wrong-secret' }, isWaitedFor: false });
    await isTold(/authentication failed, invalid user ID or password/);
    labeller.writeConnection({ ...rest, password: READER.password, override_authority: 'etcd.elsewhere' });
    await isTold(/Hostname\/IP does not match certificate's altnames/);
    const { client_certificate: __, client_key: ___, ...withoutCertificate } = connection();
    labeller.writeConnection(withoutCertificate);
    await eventually(async () => expect(labeller.log().at(-1)).toMatchObject({ msg: 'etcd is away' }));
    expect((await labeller.get('/readyz')).status).toBe(503);
    labeller.writeConnection(connection());
    await mesh.registry.place('tf-mnist', [idOfA, idOfB]);
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] }, 60_000);
    const log = JSON.stringify(labeller.log());
    expect(log).not.toContain('wrong-secret');
    expect(log).not.toContain(READER.password);
  });

  test('credentials that change while it runs are taken up, and the labels stay meanwhile', async () => {
    labeller = await mesh.startLabeller({ connection: connection() });
    await mesh.expectHeld({ [a]: ['tf-mnist'], [b]: ['tf-mnist'] });
    await where.etcd.changePassword(READER.name, 'new-secret');
    labeller.writeConnection({ ...connection(), password: 'new-secret' });
    await eventually(async () => expect(labeller.log().map((line) => line['reason'])).toContain('the connection has changed'));
    await mesh.registry.place('tf-mnist', [idOfA]);
    await mesh.expectHeld({ [a]: ['tf-mnist'] });
    expect(await labeller.metric('placement_labeller_labels_total{change="set"}')).toBe(0);
  });
});
