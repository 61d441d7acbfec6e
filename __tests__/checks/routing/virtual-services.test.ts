import { MM508 } from '../../../lib/checks/routing/mm508-catch-all-first';
import { MM509 } from '../../../lib/checks/routing/mm509-repeated-match';
import { MM510 } from '../../../lib/checks/routing/mm510-host-twice';
import { MM512 } from '../../../lib/checks/routing/mm512-unknown-gateway';
import { MM513 } from '../../../lib/checks/routing/mm513-host-not-admitted';
import { MM514 } from '../../../lib/checks/routing/mm514-prefix-of-a-model';
import { MM515 } from '../../../lib/checks/routing/mm515-v1-route';
import { MM520 } from '../../../lib/checks/routing/mm520-header-case';
import { MM534 } from '../../../lib/checks/routing/mm534-delegate-missing';
import { MM535 } from '../../../lib/checks/routing/mm535-delegate-with-hosts';
import { MM541 } from '../../../lib/checks/routing/mm541-any-host-in-mesh';
import { MM542 } from '../../../lib/checks/routing/mm542-hosts-overlap';
import { messagesOf } from '../../support/checks';
import { gateway, routeTo, virtualService } from './helpers';

const A = 'route: [{ destination: { host: a, port: { number: 80 } } }]';
const MESH = 'route: [{ destination: { host: modelmesh-serving, port: { number: 8008 } } }]';

describe('a route that takes every request', () => {
  test.each([
    ['without match', `[{ ${A} }, { match: [{ uri: { exact: /a } }], ${A} }]`],
    ['with the prefix /', `[{ match: [{ uri: { exact: /b } }, { uri: { prefix: / } }], ${A} }, { match: [{ uri: { exact: /a } }], ${A} }]`],
    ['with the regex .*', `[{ match: [{ uri: { regex: '.*' } }], ${A} }, { match: [{ uri: { exact: /a } }], ${A} }]`],
    ['of the same port', `[{ match: [{ port: 8008 }], ${A} }, { match: [{ port: 8008, uri: { exact: /a } }], ${A} }]`],
  ])('%s hides the next', (_, routes) => {
    expect(messagesOf(MM508, virtualService(routes))).toEqual([
      'spec.http[0] takes every request, so spec.http[1] after it gets none: move the route that takes everything to the end',
    ]);
  });

  test.each([
    ['at the end', `[{ match: [{ uri: { exact: /a } }], ${A} }, { ${A} }]`],
    ['with a header', `[{ match: [{ headers: { model: { exact: a } } }], ${A} }, { ${A} }]`],
    ['of another port', `[{ match: [{ port: 8008 }], ${A} }, { match: [{ port: 8009 }], ${A} }]`],
    ['of a port before one for all ports', `[{ match: [{ port: 8008 }], ${A} }, { ${A} }]`],
    ['that delegates', `[{ delegate: { name: d } }, { ${A} }]`],
    ['of a method', `[{ match: [{ method: { exact: GET } }], ${A} }, { ${A} }]`],
  ])('%s hides nothing', (_, routes) => {
    expect(messagesOf(MM508, virtualService(routes))).toEqual([]);
  });

  test('is reported once, however many come after it', () => {
    expect(messagesOf(MM508, virtualService(`[{ ${A} }, { ${A} }, { ${A} }]`))).toHaveLength(1);
  });
});

test('the same match twice, whatever the order of its fields', () => {
  const first = '{ uri: { exact: /a }, headers: { model: { exact: m } } }';
  const second = '{ name: again, headers: { model: { exact: m } }, uri: { exact: /a } }';
  expect(messagesOf(MM509, virtualService(`[{ match: [${first}], ${A} }, { match: [${second}], ${A} }]`))).toEqual([
    'spec.http[1].match[0] repeats spec.http[0].match[0], which comes first and takes the requests: remove it, or make it narrower and put it first',
  ]);
  expect(messagesOf(MM509, virtualService(`[{ match: [${first}], ${A} }, { match: [{ uri: { exact: /a } }], ${A} }]`))).toEqual([]);
});

describe('two VirtualServices with one host', () => {
  const two = (one: object, other: object): string[] =>
    messagesOf(MM510, routeTo('{ host: a }', { name: 'one', ...one }) + routeTo('{ host: a }', { name: 'two', ...other }));

  test('on one gateway, however it is named', () => {
    expect(two({ hosts: '[m.example.com]' }, { hosts: '[m.example.com]', gateways: '[models/gw]' })).toEqual([
      "'m.example.com' on the gateway 'models/gw' is a host of VirtualService 'models/one', too: which routes come first depends on when the objects were made; put them into one VirtualService, or use delegates",
    ]);
  });

  test('on different gateways or with different hosts are fine', () => {
    expect(two({ hosts: '[m.example.com]' }, { hosts: '[n.example.com]' })).toEqual([]);
    expect(two({}, { gateways: '[other]' })).toEqual([]);
    expect(two({}, { namespace: 'elsewhere' })).toEqual([]);
  });

  test('and routes for different ports of the gateway are fine', () => {
    const routes = (name: string, port: number): string => virtualService(`[{ match: [{ port: ${port} }], ${A} }]`, { name });
    expect(messagesOf(MM510, routes('one', 8008) + routes('two', 8009))).toEqual([]);
    expect(messagesOf(MM510, routes('one', 8008) + routes('two', 8008))).toHaveLength(1);
  });

  test('in the mesh', () => {
    const mesh = { gateways: '[mesh]' };
    expect(two({ ...mesh, hosts: '[a]' }, { ...mesh, hosts: '[a.models.svc.cluster.local]' })).toHaveLength(1);
  });
});

describe('the gateway of a VirtualService', () => {
  test('is not there', () => {
    expect(messagesOf(MM512, gateway(80, 'HTTP') + routeTo('{ host: a }', { gateways: '[gv]' }))).toEqual([
      "'gv' is none of the Gateways that the manifests have in the namespace 'models', so the routes are for nothing: name one of those, or write NAMESPACE/NAME for one elsewhere",
    ]);
    expect(messagesOf(MM512, gateway(80, 'HTTP', { namespace: 'istio-system' }) + routeTo('{ host: a }'))).toEqual([
      "'gw' stands for a Gateway of the namespace 'models', and the manifests have it in 'istio-system': write 'istio-system/gw'",
    ]);
  });

  test.each([
    ['it is there', 'gw'],
    ['by namespace', 'models/gw'],
    ['by the namespace it is in', './gw'],
    ['by an old full name', 'gw.models.svc.cluster.local'],
    ['of a namespace without Gateways', 'istio-system/other'],
    ['of the sidecars', 'mesh'],
  ])('is fine when %s', (_, name) => {
    expect(messagesOf(MM512, gateway(80, 'HTTP') + routeTo('{ host: a }', { gateways: `[${name}]` }))).toEqual([]);
  });

  test('is made elsewhere', () => {
    expect(messagesOf(MM512, gateway(80, 'HTTP') + routeTo('{ host: a }', { gateways: '[gv]' }), '--existing Gateway/models/gv')).toEqual(
      [],
    );
  });

  test.each([
    ["['*']", 'm.example.com', 0],
    ["['*.example.com']", 'm.example.com', 0],
    ["['*.example.com']", 'example.com', 1],
    ["['models/*']", 'm.example.com', 0],
    ["['other/*']", 'm.example.com', 1],
    ["['./m.example.com']", 'm.example.com', 0],
    ['[m.example.com]', '"*.example.com"', 0],
    ['[m.example.com]', 'M.example.com', 0],
    ['[m.example.com]', 'n.example.com', 1],
  ])('with the hosts %s admits %s or not', (hosts, host, count) => {
    expect(messagesOf(MM513, gateway(80, 'HTTP', { hosts }) + routeTo('{ host: a }', { hosts: `[${host}]` }))).toHaveLength(count);
  });

  test('that is not known may admit any host', () => {
    const yaml =
      gateway(80, 'HTTP', { hosts: '[a.example]' }) + routeTo('{ host: a }', { hosts: '[b.example]', gateways: '[gw, elsewhere/gw]' });
    expect(messagesOf(MM513, yaml)).toEqual([]);
  });
});

describe('paths', () => {
  const model = (name: string): string =>
    `---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: ${name}, namespace: models }\n`;
  const prefix = (text: string): string => virtualService(`[{ match: [{ uri: { prefix: ${text} } }], ${MESH} }]`);

  test('a prefix that takes another model', () => {
    expect(messagesOf(MM514, model('mnist') + model('mnist-large') + model('other') + prefix('/v2/models/mnist'))).toEqual([
      "spec.http[0].match[0].uri.prefix '/v2/models/mnist' is no more than the beginning of a text, so requests for 'mnist-large' match as well: end it with '/'",
    ]);
  });

  test.each(['/v2/models/mnist/', '/v2/models/', '/v2/models', '/v2/models/team-', '/', '/v2/models/mnist/infer'])('%s is fine', (text) => {
    expect(messagesOf(MM514, prefix(text))).toEqual([]);
  });

  test('a prefix for a group of models is fine', () => {
    expect(messagesOf(MM514, model('mnist-1') + model('mnist-2') + prefix('/v2/models/mnist'))).toEqual([]);
  });

  test('of the V1 protocol that are rewritten, or for other Services, are fine', () => {
    expect(messagesOf(MM515, prefix('/v1/models/'))).toHaveLength(1);
    expect(messagesOf(MM515, virtualService(`[{ match: [{ uri: { prefix: /v1/ } }], rewrite: { uri: /v2/ }, ${MESH} }]`))).toEqual([]);
    expect(messagesOf(MM515, virtualService(`[{ match: [{ uri: { prefix: /v1/ } }], ${A} }]`))).toEqual([]);
    expect(messagesOf(MM515, prefix('/v10/'))).toEqual([]);
  });
});

test('header names', () => {
  const yaml = virtualService(
    `[{ match: [{ headers: { 'X-Model': { exact: a }, '@request.auth.claims.Role': { exact: a }, ':path': {} } }], headerToDynamicSubsetKey: [{ header: Model, key: k }], ${A} }]`,
  );
  expect(messagesOf(MM520, yaml)).toEqual([
    "spec.http[0].match[0].headers.X-Model names the header 'X-Model', and Istio's API wants lower case, which is what HTTP/2 sends: write 'x-model'",
    "spec.http[0].headerToDynamicSubsetKey[0].header names the header 'Model', and Istio's API wants lower case, which is what HTTP/2 sends: write 'model'",
  ]);
});

describe('delegates', () => {
  const root = (delegate: string): string => virtualService(`[{ delegate: ${delegate} }]`, { name: 'root' });
  const delegate = virtualService(`[{ ${A} }]`, { name: 'd' }).replace("gateways: [gw], hosts: ['*'], ", '');

  test('that are there, elsewhere or made elsewhere are fine', () => {
    expect(messagesOf(MM534, root('{ name: d }') + delegate)).toEqual([]);
    expect(messagesOf(MM535, root('{ name: d }') + delegate)).toEqual([]);
    expect(messagesOf(MM534, root('{ name: x, namespace: team-b }'))).toEqual([]);
    expect(messagesOf(MM534, root('{ name: x }'), '--existing VirtualService/models/x')).toEqual([]);
  });

  test('that are missing', () => {
    expect(messagesOf(MM534, root('{ name: x }') + delegate)).toEqual([
      "spec.http[0].delegate 'models/x' is none of the VirtualServices in the manifests, and Istio leaves the route out without a word: add it, or mend the name",
    ]);
  });
});

test('the host * in the mesh', () => {
  expect(messagesOf(MM541, routeTo('{ host: a }', { gateways: '[gw, mesh]' }))).toEqual([
    "host '*' is only for gateways, and spec.gateways has 'mesh', which means the sidecars, so Istio refuses the VirtualService: name a gateway, e.g. gateways: [grpc-gateway], or a host",
  ]);
  expect(messagesOf(MM541, routeTo('{ host: a }'))).toEqual([]);
});

test.each([
  ['[a.example, a.example]', 1],
  ["['*', a.example]", 1],
  ["['*.b.example', 'a.b.example', 'b.example']", 1],
  ["['*.b.example', '*.example']", 1],
  ['[a.example, b.example]', 0],
])('hosts %s', (hosts, count) => {
  expect(messagesOf(MM542, routeTo('{ host: a }', { hosts }))).toHaveLength(count);
});
