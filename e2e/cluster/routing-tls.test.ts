import { GatewayTls, type InferenceGatewayProps, MeshPlatform, ModelRouting, TlsVersion } from '../../lib/index';
import { labelHolders, settled, testAnswers, wasDirect } from '../routing/behaviour';
import { CertificateAuthority, type Credential } from '../routing/certificates';
import { tlsSecret } from '../routing/credentials';
import { DataPlane } from '../routing/data-plane';
import { FORBIDDEN, NOT_FOUND, testDoor } from '../routing/door';
import { type CallerTls, InferenceClient } from '../routing/inference-client';
import { INPUT } from '../routing/input';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE, MODEL_NAMES } from '../routing/routed-mesh';
import { NAMED, OTHER } from '../routing/spoofing';
import { ISTIO_NAMESPACE } from '../servers/istiod';

const HOST = 'models.example.com';
const HOSTS = [HOST, '*.models.example.com'];
const SECRET = 'models-certificate';

/** What a caller gets: the model that ran, a status, or no answer at all. */
async function outcomeOf(plane: DataPlane, host: string, tls?: CallerTls): Promise<string> {
  const client = new InferenceClient(plane.client.socketPath, host, tls);
  try {
    const { ran, status } = await client.json({ path: `/v2/models/${NAMED}/infer`, header: NAMED, body: INPUT });
    return ran ?? `status ${status}`;
  } catch {
    return 'no connection';
  } finally {
    client.close();
  }
}

describeWithDataPlane('TLS at a real gateway of Istio', (programs) => {
  const authority = new CertificateAuthority('gateways');
  const callers = new CertificateAuthority('callers');
  const ca = authority.certificate;
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    await labelHolders(plane);
  });
  afterAll(() => plane?.stop());

  const show = (credential: Credential, clientAuthority?: string) =>
    plane.cluster.resources.ensure(tlsSecret(ISTIO_NAMESPACE, SECRET, credential, clientAuthority));
  const deploy = (props: Pick<InferenceGatewayProps, 'tls' | 'hosts'>) =>
    plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.holderFirst(), ...props });
  const expectOutcome = (outcome: string, tls?: CallerTls, host = HOST) =>
    eventually(async () => expect(await outcomeOf(plane, host, tls)).toBe(outcome));

  describe('GatewayTls.simple()', () => {
    let client: InferenceClient;
    beforeAll(async () => {
      await show(authority.issue(...HOSTS));
      await deploy({ tls: GatewayTls.simple({ credentialName: SECRET }), hosts: HOSTS });
      client = new InferenceClient(plane.client.socketPath, HOST, { ca });
      await expectOutcome(NAMED, { ca });
      for (const model of [NAMED, OTHER] as const) await settled({ client }, model, wasDirect);
    });
    afterAll(() => client?.close());

    testAnswers(() => ({ client, pods: plane.pods }));
    testDoor(() => client, FORBIDDEN);

    test('requests meet a holder first, as without TLS', async () => {
      for (const model of MODEL_NAMES.filter((name) => ['iris', 'resnet', 'bert', 'tf-mnist'].includes(name))) {
        const answers = await client.inferTimes(model, 20);
        expect(answers.filter((answer) => !wasDirect(answer) || answer.ran !== model)).toEqual([]);
      }
    });

    test('names that disagree are a fault of the caller: 400', async () => {
      expect(await client.json({ header: OTHER, path: `/v2/models/${NAMED}/infer`, body: INPUT })).toMatchObject({ status: 400 });
      expect(await client.grpc({ header: OTHER, body: NAMED })).toMatchObject({ grpcStatus: 3 });
    });

    test('a caller without TLS gets no answer', async () => {
      expect(await outcomeOf(plane, HOST)).toBe('no connection');
    });

    test('a caller that does not know the authority does not believe the gateway', async () => {
      expect(await outcomeOf(plane, HOST, { ca: callers.certificate })).toBe('no connection');
    });

    test('hosts below the domain are served, others are not: neither by name of TLS nor by name of HTTP', async () => {
      expect(await outcomeOf(plane, 'a.models.example.com', { ca })).toBe(NAMED);
      expect(await outcomeOf(plane, 'models.example.org', { ca })).toBe('no connection');
      expect(await outcomeOf(plane, 'models.example.org', { ca, servername: HOST })).toBe('status 404');
    });

    test('a certificate that is renewed is shown without any other change', async () => {
      const later = new CertificateAuthority('later gateways');
      await show(later.issue(...HOSTS));
      await expectOutcome(NAMED, { ca: later.certificate });
      expect(await outcomeOf(plane, HOST, { ca })).toBe('no connection');
    });
  });

  test('minVersion: a caller of an older version of TLS gets no answer', async () => {
    await show(authority.issue(...HOSTS));
    const old: CallerTls = { ca, maxVersion: 'TLSv1.2' };
    await deploy({ tls: GatewayTls.simple({ credentialName: SECRET }), hosts: HOSTS });
    await expectOutcome(NAMED, old);
    await deploy({ tls: GatewayTls.simple({ credentialName: SECRET, minVersion: TlsVersion.TLSV1_3 }), hosts: HOSTS });
    await expectOutcome('no connection', old);
    await expectOutcome(NAMED, { ca });
  });

  describe('GatewayTls.mutual()', () => {
    const partner = callers.issue('partner.example.net');
    beforeAll(async () => {
      await show(authority.issue(...HOSTS), callers.certificate);
      await deploy({ tls: GatewayTls.mutual({ credentialName: SECRET }), hosts: HOSTS });
      await expectOutcome('no connection', { ca });
    });

    test('a caller with a certificate of the authority is served', async () => {
      await expectOutcome(NAMED, { ca, ...partner });
      const client = new InferenceClient(plane.client.socketPath, HOST, { ca, ...partner });
      expect(await client.infer(NAMED)).toMatchObject({ grpcStatus: 0, ran: NAMED });
      client.close();
    });

    test('a caller without a certificate, or with one that somebody else has signed, gets no answer', async () => {
      expect(await outcomeOf(plane, HOST, { ca })).toBe('no connection');
      expect(await outcomeOf(plane, HOST, { ca, ...new CertificateAuthority('strangers').issue('partner.example.net') })).toBe(
        'no connection',
      );
      const client = new InferenceClient(plane.client.socketPath, HOST, { ca });
      await expect(client.infer(NAMED)).rejects.toThrow();
      client.close();
    });

    test('subjectAltNames: a caller of another name gets no answer', async () => {
      await deploy({ tls: GatewayTls.mutual({ credentialName: SECRET, subjectAltNames: ['bank.example.net'] }), hosts: HOSTS });
      await expectOutcome('no connection', { ca, ...partner });
      await expectOutcome(NAMED, { ca, ...callers.issue('bank.example.net') });
    });

    test('the authority of the callers may be in a Secret of its own, CREDENTIAL-cacert', async () => {
      const own = 'own-certificate';
      const { resources } = plane.cluster;
      await resources.ensure(tlsSecret(ISTIO_NAMESPACE, own, authority.issue(...HOSTS)));
      await resources.ensure({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: `${own}-cacert`, namespace: ISTIO_NAMESPACE },
        stringData: { 'ca.crt': callers.certificate },
      });
      await deploy({ tls: GatewayTls.mutual({ credentialName: own }), hosts: HOSTS });
      await expectOutcome(NAMED, { ca, ...partner });
      expect(await outcomeOf(plane, HOST, { ca })).toBe('no connection');
    });
  });

  test('what is synthesized holds no key and no certificate', () => {
    expect(JSON.stringify(plane.manifests)).not.toMatch(/BEGIN|tls\.key|tls\.crt/);
  });
});

describeWithDataPlane('TLS at a real gateway of the Gateway API', (programs) => {
  const authority = new CertificateAuthority('gateways');
  const callers = new CertificateAuthority('callers');
  const ca = authority.certificate;
  const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });
  let plane: DataPlane;
  beforeAll(async () => {
    const name = 'grpc-gateway-istio';
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'grpc-gateway' };
    plane = await DataPlane.start(programs, { gatewayPod: { name, serviceName: name, namespace: MESH_NAMESPACE, labels } });
    await plane.reset();
    await plane.cluster.resources.ensure(tlsSecret(MESH_NAMESPACE, SECRET, authority.issue(...HOSTS)));
  });
  afterAll(() => plane?.stop());

  const infer = async (tls: CallerTls | undefined, host = HOST): Promise<string> => {
    const client = new InferenceClient(plane.client.socketPath, host, tls);
    try {
      const { ran, grpcStatus } = await client.infer(NAMED);
      return ran ?? `status ${grpcStatus}`;
    } catch {
      return 'no connection';
    } finally {
      client.close();
    }
  };
  const expectOutcome = (outcome: string, tls?: CallerTls, host?: string) =>
    eventually(async () => expect(await infer(tls, host)).toBe(outcome));

  describe('GatewayTls.simple()', () => {
    let client: InferenceClient;
    beforeAll(async () => {
      await plane.deploy({
        platform,
        routing: ModelRouting.gatewayApi(),
        tls: GatewayTls.simple({ credentialName: SECRET }),
        hosts: HOSTS,
      });
      client = new InferenceClient(plane.client.socketPath, HOST, { ca });
      await expectOutcome(NAMED, { ca });
    });
    afterAll(() => client?.close());

    testAnswers(() => ({ client, pods: plane.pods }), { json: false });
    testDoor(() => client, NOT_FOUND, { json: false });

    test('a caller without TLS gets no answer, and a host that no route has is not found', async () => {
      expect(await infer(undefined)).toBe('no connection');
      expect(await infer({ ca }, 'a.models.example.com')).toBe(NAMED);
      expect(await infer({ ca, servername: HOST }, 'models.example.org')).toBe('status 12');
    });
  });

  test('GatewayTls.mutual(): the authority of the callers is in a ConfigMap, and who has no certificate of it gets no answer', async () => {
    const clientAuthorityName = 'callers';
    await plane.cluster.resources.ensure({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: clientAuthorityName, namespace: MESH_NAMESPACE },
      data: { 'ca.crt': callers.certificate },
    });
    const tls = GatewayTls.mutual({ credentialName: SECRET, clientAuthorityName });
    await plane.deploy({ platform, routing: ModelRouting.gatewayApi(), tls, hosts: HOSTS });
    await expectOutcome('no connection', { ca });
    await expectOutcome(NAMED, { ca, ...callers.issue('partner.example.net') });
    expect(await infer({ ca, ...authority.issue('partner.example.net') })).toBe('no connection');
  });
});
