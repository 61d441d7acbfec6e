import { MM501 } from '../../../lib/checks/routing/mm501-port-missing-unreachable';
import { MM502 } from '../../../lib/checks/routing/mm502-port-missing';
import { MM503 } from '../../../lib/checks/routing/mm503-unknown-port';
import { MM504 } from '../../../lib/checks/routing/mm504-metrics-port';
import { MM505 } from '../../../lib/checks/routing/mm505-short-host-elsewhere';
import { MM506 } from '../../../lib/checks/routing/mm506-half-named-host';
import { MM507 } from '../../../lib/checks/routing/mm507-rule-for-no-service';
import { messagesOf } from '../../support/checks';
import { destinationRule, gateway, meshNamespace, routeTo, service, virtualService } from './helpers';

const MESH = '{ host: modelmesh-serving }';

describe('a destination without a port', () => {
  test('is an error when the Service has no port of the gateway', () => {
    const yaml = gateway(80, 'HTTP') + service('web', [8080, 9090]) + routeTo('{ host: web }');
    expect(messagesOf(MM501, yaml)).toEqual([
      "spec.http[0].route[0].destination.port is missing and 'web' has several ports: Istio takes the port of the gateway, 80, but the Service has no such port; set it, e.g. { number: 8080 }",
    ]);
    expect(messagesOf(MM502, yaml)).toEqual([]);
  });

  test('is an error when gRPC would get to the REST proxy', () => {
    expect(messagesOf(MM501, gateway(8008, 'GRPC') + routeTo(MESH))).toEqual([
      "spec.http[0].route[0].destination.port is missing and 'modelmesh-serving' has several ports: Istio takes the port of the gateway, 8008, which is its port 'http' that speaks no gRPC; set it, e.g. { number: 8033 }",
    ]);
  });

  test('is a warning when it works by chance', () => {
    const yaml = gateway(8008, 'HTTP') + routeTo(MESH);
    expect(messagesOf(MM501, yaml)).toEqual([]);
    expect(messagesOf(MM502, yaml)).toEqual([
      "spec.http[0].route[0].destination.port is missing and 'modelmesh-serving' has the ports 8033 (grpc), 8008 (http), 2112 (prometheus): Istio takes the one with the number of the gateway's port; set it, e.g. { number: 8033 }",
    ]);
  });

  test.each([
    ['a Service with one port', service('web', [8080]) + routeTo('{ host: web }')],
    ['a Service that nobody knows', gateway(80, 'HTTP') + routeTo('{ host: elsewhere }')],
    ['sidecars, which have a listener for every port', routeTo(MESH, { gateways: '[mesh]', hosts: '[modelmesh-serving]' })],
    ['a port that is there', gateway(80, 'HTTP') + routeTo('{ host: modelmesh-serving, port: { number: 8033 } }')],
    ['a Service that others make', `${gateway(80, 'HTTP')}${routeTo(MESH)}`, '--existing Service/models/modelmesh-serving'],
  ])('is nothing for %s', (_, yaml, options = '') => {
    expect([...messagesOf(MM501, yaml, options), ...messagesOf(MM502, yaml, options)]).toEqual([]);
  });

  test('is no error for a route of the port that the Service has', () => {
    const route = `[{ match: [{ port: 8033 }], route: [{ destination: ${MESH} }] }]`;
    const yaml = gateway(8033, 'GRPC') + gateway(80, 'HTTP', { name: 'other' }) + virtualService(route, { gateways: '[gw, other]' });
    expect(messagesOf(MM501, yaml)).toEqual([]);
  });

  test('is found in mirrors, fallbacks of ASM and TCP routes', () => {
    const routes =
      '[{ route: [{ destination: { host: a, port: { number: 1 } }, fallback: { target: { host: web } } }], mirror: { host: web }, mirrors: [{ destination: { host: web } }] }]';
    const yaml = `${service('web', [1, 2])}${virtualService(routes)}`.replace(
      'http:',
      'tcp: [{ route: [{ destination: { host: web } }] }], http:',
    );
    expect(messagesOf(MM502, yaml)).toHaveLength(4);
  });
});

describe('the ports of the Service', () => {
  test('are those of a manifest', () => {
    expect(messagesOf(MM503, service('web', [80]) + routeTo('{ host: web.models.svc.cluster.local, port: { number: 81 } }'))).toEqual([
      "spec.http[0].route[0].destination.port.number '81' is no port of 'web.models.svc.cluster.local', so every request fails with 503: use one of 80 (p80)",
    ]);
  });

  test('are those of the settings of the controller', () => {
    const config = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: modelmesh }\ndata:\n  config.yaml: |\n    inferenceServicePort: 9000\n    restProxy: { enabled: false }\n    metrics: { port: 9001 }\n`;
    expect(messagesOf(MM503, config + routeTo('{ host: modelmesh-serving, port: { number: 8033 } }'))).toEqual([
      "spec.http[0].route[0].destination.port.number '8033' is no port of 'modelmesh-serving', so every request fails with 503: use one of 9000 (grpc), 9001 (prometheus)",
    ]);
    expect(messagesOf(MM503, config + routeTo('{ host: modelmesh-serving, port: { number: 9000 } }'))).toEqual([]);
    expect(messagesOf(MM504, config + routeTo('{ host: modelmesh-serving, port: { number: 9001 } }'))).toHaveLength(1);
  });

  test('are not known when the settings are elsewhere', () => {
    const yaml = routeTo('{ host: modelmesh-serving, port: { number: 9000 } }');
    expect(messagesOf(MM503, yaml, '--existing ConfigMap/modelmesh/model-serving-config')).toEqual([]);
    expect(messagesOf(MM503, yaml)).toHaveLength(1);
  });

  test('may be for metrics on purpose', () => {
    const route = (match: string): string =>
      virtualService(`[{ match: ${match}, route: [{ destination: { host: modelmesh-serving, port: { number: 2112 } } }] }]`);
    expect(messagesOf(MM504, route('[{ uri: { exact: /metrics } }]'))).toEqual([]);
    expect(messagesOf(MM504, route('[{ uri: { prefix: /v2/ } }]'))).toEqual([
      "spec.http[0].route[0].destination.port.number '2112' is where 'modelmesh-serving' gives out metrics, no model answers there: use 8033",
    ]);
  });
});

describe('a host', () => {
  test('without dots is of the namespace of the VirtualService', () => {
    expect(messagesOf(MM505, meshNamespace('models') + routeTo(MESH, { namespace: 'istio-system' }))).toEqual([
      "spec.http[0].route[0].destination.host 'modelmesh-serving' stands for a Service of the namespace 'istio-system', that of this VirtualService, and the manifests have one in 'models': write 'modelmesh-serving.models.svc.cluster.local'",
    ]);
    expect(messagesOf(MM505, meshNamespace('models') + routeTo(MESH))).toEqual([]);
    expect(messagesOf(MM505, service('web', [80], 'other') + routeTo('{ host: web }'))).toHaveLength(1);
    expect(messagesOf(MM505, service('web', [80], 'other') + routeTo('{ host: web }'), '--existing Service/models/web')).toEqual([]);
    expect(messagesOf(MM505, routeTo('{ host: web }'))).toEqual([]);
  });

  test.each(['web.models', 'web.models.svc'])('%s is no Service', (host) => {
    expect(messagesOf(MM506, service('web', [80]) + routeTo(`{ host: ${host} }`))).toEqual([
      `spec.http[0].route[0].destination.host '${host}' is taken as a full name, which no Service has, so every request fails with 503: write 'web.models.svc.cluster.local'`,
    ]);
    expect(messagesOf(MM507, service('web', [80]) + destinationRule(`{ host: ${host} }`))).toEqual([
      `spec.host '${host}' names no Service of the namespace 'models', so the rule is for nothing: write 'web.models.svc.cluster.local'`,
    ]);
  });

  test('that a ServiceEntry adds, or of which nothing is known, is fine', () => {
    const entry =
      '---\napiVersion: networking.istio.io/v1beta1\nkind: ServiceEntry\nmetadata: { name: e, namespace: models }\nspec: { hosts: [web.models] }\n';
    expect(messagesOf(MM506, service('web', [80]) + entry + routeTo('{ host: web.models }'))).toEqual([]);
    expect(messagesOf(MM506, service('web', [80]) + routeTo('{ host: api.example }'))).toEqual([]);
    expect(messagesOf(MM506, service('web', [80]) + routeTo('{ host: web.models.svc.cluster.local }'))).toEqual([]);
    expect(messagesOf(MM507, service('web', [80]) + destinationRule('{ host: "*.models.svc.cluster.local" }'))).toEqual([]);
  });
});

test.each([MM501, MM502, MM503, MM504, MM505, MM506, MM507])('odd manifests break nothing: $code', (rule) => {
  for (const spec of [
    '',
    'spec: 1',
    'spec: { http: 1, hosts: 2, gateways: 3 }',
    'spec: { http: [1, { route: [null, { destination: [] }] }], host: 3 }',
  ]) {
    const yaml = ['VirtualService', 'DestinationRule', 'Gateway', 'Service']
      .map((kind) => `---\napiVersion: networking.istio.io/v1\nkind: ${kind}\n${spec}\n`)
      .join('');
    expect(messagesOf(rule, yaml)).toEqual([]);
  }
});
