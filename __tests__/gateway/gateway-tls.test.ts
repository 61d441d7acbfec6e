import { GatewayTls, type MutualTlsProps, TlsVersion } from '../../lib/gateway/gateway-tls';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { schemaFindings } from '../runtime/schema-findings';
import { objectOf, synthGateway } from './helpers';

const GATEWAY_API = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
const CLASS = "the Gateway API with class 'eg'";
const SUBDOMAIN = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";

describe('encryption on Istio and ASM', () => {
  const serverOf = (tls: GatewayTls, platform = MeshPlatform.asm()): unknown => {
    const { objects, problems } = synthGateway({ tls, platform, hosts: ['models.example.com'] });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'Gateway').spec.servers).toHaveLength(1);
    return objectOf(objects, 'Gateway').spec.servers[0];
  };
  const port = { number: 8008, name: 'https', protocol: 'HTTPS' };
  const hosts = ['models.example.com'];

  it('is HTTPS, which carries gRPC too', () => {
    const tls = GatewayTls.simple({ credentialName: 'door-cert' });
    const server = { port, hosts, tls: { mode: 'SIMPLE', credentialName: 'door-cert', minProtocolVersion: 'TLSV1_2' } };
    expect(serverOf(tls)).toEqual(server);
    expect(serverOf(tls, MeshPlatform.istio('1.22'))).toEqual(server);
  });

  it('can ask the caller for a certificate', () => {
    expect(serverOf(GatewayTls.mutual({ credentialName: 'door-cert' }))).toEqual({
      port,
      hosts,
      tls: { mode: 'MUTUAL', credentialName: 'door-cert', minProtocolVersion: 'TLSV1_2' },
    });
  });

  it('takes every property to the manifests', () => {
    const subjectAltNames = ['client.example.com'];
    const tls = GatewayTls.mutual({ credentialName: 'door-cert', minVersion: TlsVersion.TLSV1_3, subjectAltNames });
    subjectAltNames.push('other');
    expect(serverOf(tls)).toEqual({
      port,
      hosts,
      tls: { mode: 'MUTUAL', credentialName: 'door-cert', minProtocolVersion: 'TLSV1_3', subjectAltNames: ['client.example.com'] },
    });
  });
});

describe('encryption on the Gateway API', () => {
  const specOf = (tls?: GatewayTls) => {
    const { objects, problems } = synthGateway({ tls, platform: GATEWAY_API });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    return objectOf(objects, 'Gateway').spec;
  };
  const allowedRoutes = { namespaces: { from: 'Same' } };

  it('is left out by default', () => {
    expect(specOf()).toEqual({ gatewayClassName: 'eg', listeners: [{ name: 'http', port: 8008, protocol: 'HTTP', allowedRoutes }] });
  });

  it('ends at the listener', () => {
    const tls = { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'door-cert' }] };
    expect(specOf(GatewayTls.simple({ credentialName: 'door-cert' }))).toEqual({
      gatewayClassName: 'eg',
      listeners: [{ name: 'https', port: 8008, protocol: 'HTTPS', tls, allowedRoutes }],
    });
    expect(specOf(GatewayTls.mutual({ credentialName: 'door-cert', clientAuthorityName: 'callers' }))).toEqual({
      gatewayClassName: 'eg',
      listeners: [{ name: 'https', port: 8008, protocol: 'HTTPS', tls, allowedRoutes }],
      tls: { frontend: { default: { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'callers' }] } } } },
    });
  });

  it('is the listener that the routes name', () => {
    const routing = ModelRouting.any();
    const { objects } = synthGateway({ platform: GATEWAY_API, routing, tls: GatewayTls.simple({ credentialName: 'door-cert' }) });
    const routes = objects.filter(({ kind }) => kind.endsWith('Route'));
    expect(routes.length).toBeGreaterThan(0);
    for (const { spec } of routes) {
      expect(spec.parentRefs).toEqual([
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'grpc-gateway', sectionName: 'https' },
      ]);
    }
  });
});

describe('encryption reports', () => {
  const problemsOf = (tls: GatewayTls, platform = MeshPlatform.asm()): string[] => synthGateway({ tls, platform }).problems;

  it.each<[Partial<MutualTlsProps>, string]>([
    [{ credentialName: 'A' }, `credentialName 'A' is not valid: ${SUBDOMAIN}`],
    [{ credentialName: '' }, `credentialName '' is not valid: ${SUBDOMAIN}`],
    [
      { credentialName: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0' },
      'credentialName holds text that is no name, such as a key or certificate: name a Secret that holds it',
    ],
    [{ credentialName: 'a b' }, 'credentialName holds text that is no name, such as a key or certificate: name a Secret that holds it'],
    [{ subjectAltNames: [] }, 'subjectAltNames are empty: name at least one, or leave them out'],
    [
      { clientAuthorityName: 'callers' },
      "clientAuthorityName 'callers' is for the Gateway API, and the platform is ASM: leave it out, and put the authority into key 'ca.crt' of the Secret",
    ],
  ])('%j', (props, problem) => {
    expect(problemsOf(GatewayTls.mutual({ credentialName: 'door-cert', ...props }))).toEqual([problem]);
  });

  it.each<[Partial<MutualTlsProps>, string]>([
    [
      { minVersion: TlsVersion.TLSV1_3 },
      `minVersion 'TLSV1_3' of TLS has no field on ${CLASS}: leave it out, and set it where its implementation allows`,
    ],
    [{ subjectAltNames: ['a'] }, `subjectAltNames have no field on ${CLASS}: leave them out`],
    [
      { clientAuthorityName: undefined },
      `mutual TLS on ${CLASS} needs clientAuthorityName: name the ConfigMap whose key 'ca.crt' holds the authority of the callers`,
    ],
    [
      { clientAuthorityName: '-----BEGIN CERTIFICATE-----' },
      'clientAuthorityName holds text that is no name, such as a key or certificate: name a ConfigMap that holds it',
    ],
  ])('%j on the Gateway API', (props, problem) => {
    const tls = GatewayTls.mutual({ credentialName: 'door-cert', clientAuthorityName: 'callers', ...props });
    expect(problemsOf(tls, GATEWAY_API)).toEqual([problem]);
  });

  it('a Gateway that others make', () => {
    const tls = GatewayTls.simple({ credentialName: 'door-cert' });
    expect(synthGateway({ tls, existingGateway: 'ingress/shared' }).problems).toEqual([
      "tls is of the Gateway that is made here, and 'ingress/shared' exists already: leave it out, and set it there",
    ]);
  });
});
