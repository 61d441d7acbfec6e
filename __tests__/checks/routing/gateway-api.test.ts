import { MM551 } from '../../../lib/checks/routing/mm551-too-many-rules';
import { MM552 } from '../../../lib/checks/routing/mm552-too-many-matches';
import { MM554 } from '../../../lib/checks/routing/mm554-backend-without-port';
import { MM556 } from '../../../lib/checks/routing/mm556-no-reference-grant';
import { MM557 } from '../../../lib/checks/routing/mm557-unknown-parent';
import { MM558 } from '../../../lib/checks/routing/mm558-unknown-section';
import { MM559 } from '../../../lib/checks/routing/mm559-namespace-not-allowed';
import { MM560 } from '../../../lib/checks/routing/mm560-hostname-not-admitted';
import { MM563 } from '../../../lib/checks/routing/mm563-parent-twice';
import { MM564 } from '../../../lib/checks/routing/mm564-defaults-left-out';
import { messagesOf } from '../../support/checks';
import { head, meshNamespace } from './helpers';

const V1 = 'gateway.networking.k8s.io/v1';
const BACKEND = 'backendRefs: [{ name: modelmesh-serving, port: 8033 }]';

function route(rules: string, { kind = 'HTTPRoute', namespace = 'models', parents = '[{ name: gw }]', hostnames = '[]' } = {}): string {
  return `${head(kind, 'r', namespace, V1)}spec: { parentRefs: ${parents}, hostnames: ${hostnames}, rules: ${rules} }\n`;
}

function gateway(listeners: string, namespace = 'models'): string {
  return `${head('Gateway', 'gw', namespace, V1)}spec: { gatewayClassName: istio, listeners: ${listeners} }\n`;
}

const rules = (count: number, matches: number): string =>
  `[${Array.from({ length: count }, () => `{ matches: [${Array.from({ length: matches }, (_, i) => `{ path: { value: /${i} } }`).join(', ')}] }`).join(', ')}]`;

test.each(['HTTPRoute', 'GRPCRoute'])('bounds of %s', (kind) => {
  expect(messagesOf(MM551, route(rules(16, 0), { kind }))).toEqual([]);
  expect(messagesOf(MM551, route(rules(17, 0), { kind }))).toEqual([
    `${kind} 'r' has 17 rules, and the API server refuses more than 16: put matches with the same backend into one rule, or split the route`,
  ]);
  expect(messagesOf(MM552, route(rules(2, 64), { kind }))).toEqual([]);
  expect(messagesOf(MM552, route(rules(1, 65), { kind }))).toEqual([
    'spec.rules[0].matches has 65 entries, and the API server refuses more than 64 in a rule: split the rule',
  ]);
  expect(messagesOf(MM552, route(rules(3, 43), { kind }))).toEqual([
    `${kind} 'r' has 129 matches in all, and the API server refuses more than 128: split it into several routes`,
  ]);
});

test('a backend without a port', () => {
  expect(messagesOf(MM554, route('[{ backendRefs: [{ name: web }] }]'))).toEqual([
    "spec.rules[0].backendRefs[0].port is missing, and the API server refuses a backend 'web' of kind Service without it: set it",
  ]);
  expect(
    messagesOf(MM554, route('[{ filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: modelmesh-serving } } }] }]')),
  ).toEqual([
    "spec.rules[0].filters[0].requestMirror.backendRef.port is missing, and the API server refuses a backend 'modelmesh-serving' of kind Service without it: set it, e.g. 8033",
  ]);
  expect(messagesOf(MM554, route('[{ backendRefs: [{ group: inference.networking.k8s.io, kind: InferencePool, name: web }] }]'))).toEqual(
    [],
  );
});

describe('a backend of another namespace', () => {
  const far = (options = {}): string =>
    meshNamespace('models') +
    route('[{ backendRefs: [{ name: modelmesh-serving, namespace: models, port: 8033 }] }]', { namespace: 'web', ...options });
  const grant = (from: string, to: string, namespace = 'models'): string =>
    `${head('ReferenceGrant', 'g', namespace, 'gateway.networking.k8s.io/v1beta1')}spec: { from: [${from}], to: [${to}] }\n`;
  const FROM = '{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web }';

  test('needs a grant', () => {
    expect(messagesOf(MM556, far())).toEqual([
      "spec.rules[0].backendRefs[0] is a Service of the namespace 'models', which has no ReferenceGrant for a HTTPRoute of 'web', so its requests fail with 500: add one there, or move the route",
    ]);
    expect(messagesOf(MM556, far() + grant(FROM, "{ group: '', kind: Service, name: other }"))).toHaveLength(1);
    expect(messagesOf(MM556, far({ kind: 'GRPCRoute' }) + grant(FROM, "{ group: '', kind: Service }"))).toHaveLength(1);
    expect(messagesOf(MM556, far() + grant(FROM, "{ group: '', kind: Service }", 'web'))).toHaveLength(1);
  });

  test('has one', () => {
    expect(messagesOf(MM556, far() + grant(FROM, "{ group: '', kind: Service }"))).toEqual([]);
    expect(messagesOf(MM556, far() + grant(FROM, "{ group: '', kind: Service, name: modelmesh-serving }"))).toEqual([]);
    expect(messagesOf(MM556, far(), '--existing ReferenceGrant/models/any')).toEqual([]);
    expect(messagesOf(MM556, far({ namespace: 'models' }))).toEqual([]);
  });
});

describe('the parent', () => {
  const LISTENER = '{ name: a, port: 80, protocol: HTTP }';

  test('is not there', () => {
    expect(messagesOf(MM557, gateway(`[${LISTENER}]`) + route('[]', { parents: '[{ name: gv }]' }))).toEqual([
      "parent 'gv' is none of the Gateways in the manifests for the namespace 'models', so the route is for nothing: name one of those",
    ]);
    expect(messagesOf(MM557, route('[]'))).toEqual([]);
    expect(messagesOf(MM557, gateway(`[${LISTENER}]`) + route('[]', { parents: '[{ kind: Service, group: "", name: gv }]' }))).toEqual([]);
  });

  test('has no such listener', () => {
    const with_ = (parent: string): string[] => messagesOf(MM558, gateway(`[${LISTENER}]`) + route('[]', { parents: `[${parent}]` }));
    expect(with_('{ name: gw, sectionName: b, port: 81 }')).toEqual([
      "Gateway 'models/gw' has no listener with name 'b' and port 81, so the route is not accepted: use one of 'a'",
    ]);
    expect(with_('{ name: gw, sectionName: a }')).toEqual([]);
    expect(with_('{ name: gw, port: 80 }')).toEqual([]);
  });

  test.each([
    ['', 1],
    ['allowedRoutes: { namespaces: { from: Same } }', 1],
    ['allowedRoutes: { namespaces: { from: All } }', 0],
    ['allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { modelmesh-enabled: "true" } } } }', 0],
    ['allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: web } } } }', 0],
    ['allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: a } } } }', 1],
    ['allowedRoutes: { namespaces: { from: Selector, selector: { matchExpressions: [] } } }', 0],
  ])('takes routes of another namespace or not: %s', (more, count) => {
    const yaml =
      meshNamespace('web') +
      gateway(`[{ name: a, port: 80, protocol: HTTP, ${more} }]`) +
      route('[]', { namespace: 'web', parents: '[{ name: gw, namespace: models }]' });
    expect(messagesOf(MM559, yaml)).toHaveLength(count);
  });

  test.each([
    ['a.example.com', '[a.example.com]', 0],
    ['"*.example.com"', '[a.example.com]', 0],
    ['a.example.com', '["*.example.com"]', 0],
    ['a.example.com', '[b.example.com, c.example.com]', 1],
    ['a.example.com', '[]', 0],
  ])('with the hostname %s takes %s or not', (hostname, hostnames, count) => {
    expect(
      messagesOf(MM560, gateway(`[{ name: a, port: 80, protocol: HTTP, hostname: ${hostname} }]`) + route('[]', { hostnames })),
    ).toHaveLength(count);
  });

  test.each([
    ['[{ name: a }, { name: a }]', 1],
    ['[{ name: a, sectionName: x }, { name: a, sectionName: x }]', 1],
    ['[{ name: a, sectionName: x }, { name: a, sectionName: v }]', 0],
    ['[{ name: a }, { name: a, namespace: b }]', 0],
    ['[{ name: a }, { name: b }]', 0],
  ])('twice: %s', (parents, count) => {
    expect(messagesOf(MM563, route('[]', { parents }))).toHaveLength(count);
  });
});

test('defaults matter to Argo CD only when it compares itself', () => {
  const application = (annotations = '{}'): string =>
    `---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd, annotations: ${annotations} }\n`;
  expect(messagesOf(MM564, route(`[{ ${BACKEND} }]`))).toEqual([]);
  expect(
    messagesOf(
      MM564,
      application('{ argocd.argoproj.io/compare-options: "IgnoreExtraneous, ServerSideDiff=true" }') + route(`[{ ${BACKEND} }]`),
    ),
  ).toEqual([]);
  expect(messagesOf(MM564, application() + route(`[{ ${BACKEND} }]`, { parents: '[{ group: g, kind: k, name: a }]' }))).toEqual([
    'spec.rules[0].backendRefs[0].group is left out, the API server fills it in, and Argo CD takes that for a difference: write it, and all other defaults in lists, or set ServerSideDiff=true in argocd.argoproj.io/compare-options of the Application',
  ]);
});
