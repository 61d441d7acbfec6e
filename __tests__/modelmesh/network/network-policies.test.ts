import { allowsPort, ingressPolicies, runtimePodsOf, selects } from '../../../lib/modelmesh/network/network-policies';
import { hasSidecar, isPortExcluded, strictPolicy } from '../../../lib/modelmesh/network/strict-mtls';
import { setOf } from '../../support/checks';

const LABELS = new Map([['modelmesh-service', 'modelmesh-serving']]);
const runtime = (name: string, spec = '', namespace = 'm'): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { multiModel: true${spec} }\n---\n`;
const policy = (name: string, spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: m }\nspec: { ${spec} }\n---\n`;
const authentication = (name: string, namespace: string, spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n---\n`;

test.each([
  [{}, true],
  [undefined, true],
  [{ matchLabels: { 'modelmesh-service': 'modelmesh-serving' } }, true],
  [{ matchLabels: { 'modelmesh-service': 'other' } }, false],
  [{ matchExpressions: [{ key: 'modelmesh-service', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'modelmesh-service', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] }, true],
  [{ matchExpressions: [{ key: 'modelmesh-service', operator: 'In', values: ['modelmesh-serving'] }] }, true],
])('the selector %j matches runtime pods: %j', (selector, matches) => {
  expect(selects(selector, LABELS)).toBe(matches);
});

test('labels of the runtime win over those of the configuration', () => {
  const config =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata: { config.yaml: "runtimePodLabels: { Team: a, tier: b }" }\n---\n';
  const pods = runtimePodsOf(setOf(`${config}${runtime('r', ', labels: { tier: c }')}`)).get('m')!;
  expect([...pods[0]!.labels].filter(([key]) => !key.startsWith('app.'))).toEqual([
    ['modelmesh-service', 'modelmesh-serving'],
    ['name', 'modelmesh-serving-r'],
    ['team', 'a'],
    ['tier', 'c'],
  ]);
});

test.each([
  ['ingress: [{}]', true],
  ['ingress: []', false],
  ['ingress: [{ ports: [{ port: 8080 }] }]', true],
  ['ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }]', true],
  ['ingress: [{ ports: [{ port: 8080, protocol: UDP }] }]', false],
  ['ingress: [{ ports: [{ protocol: TCP }] }]', true],
  ['ingress: [{ ports: [{ port: grpc }] }]', false],
  ['ingress: [{ from: [{ podSelector: {} }] }]', true],
  ['ingress: [{ from: [{ podSelector: { matchLabels: { app: other } } }] }]', false],
  ['ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: m } } }] }]', true],
  ['ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]', false],
  ['ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]', true],
])('a policy with %s lets runtime pods reach each other: %j', (ingress, isAllowed) => {
  const set = setOf(`${runtime('r')}${policy('p', `podSelector: {}, ${ingress}`)}`);
  const pods = runtimePodsOf(set).get('m')![0]!;
  expect(allowsPort(set, ingressPolicies(set, pods), 8080, '', pods)).toBe(isAllowed);
});

test('a policy for egress, or for other pods, does not govern what reaches runtime pods', () => {
  const set = setOf(
    `${runtime('r')}${policy('p', 'podSelector: {}, policyTypes: [Egress]')}${policy('q', 'podSelector: { matchLabels: { app: x } }')}`,
  );
  expect(ingressPolicies(set, runtimePodsOf(set).get('m')![0]!)).toEqual([]);
});

const SELECTOR = 'selector: { matchLabels: { modelmesh-service: modelmesh-serving } }';

test.each([
  ['for the namespace', [authentication('a', 'm', 'mtls: { mode: STRICT }')], 'a'],
  ['for the whole mesh', [authentication('a', 'istio-system', 'mtls: { mode: STRICT }')], 'a'],
  ['for another namespace', [authentication('a', 'other', 'mtls: { mode: STRICT }')], undefined],
  [
    'for the whole mesh, and a permissive one for the namespace',
    [authentication('a', 'istio-system', 'mtls: { mode: STRICT }'), authentication('b', 'm', 'mtls: { mode: PERMISSIVE }')],
    undefined,
  ],
  ['for the pods', [authentication('a', 'm', `${SELECTOR}, mtls: { mode: STRICT }`)], 'a'],
  [
    'with an exception',
    [authentication('a', 'm', `${SELECTOR}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } }`)],
    undefined,
  ],
  [
    'with an exception but no selector',
    [authentication('a', 'm', 'mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } }')],
    'a',
  ],
  ['for the port alone', [authentication('a', 'm', `${SELECTOR}, portLevelMtls: { 8080: { mode: STRICT } }`)], 'a'],
  ['without a mode', [authentication('a', 'm', 'mtls: { mode: UNSET }')], undefined],
])('a strict policy %s', (_, policies, name) => {
  const set = setOf(`${runtime('r')}${policies.join('')}`);
  expect(strictPolicy(set, runtimePodsOf(set).get('m')![0]!)?.name).toBe(name);
});

test.each([
  ['', '', false],
  ['istio-injection: enabled', '', true],
  ['istio-injection: disabled, istio.io/rev: asm', '', false],
  ['istio.io/rev: asm', '', true],
  ['istio-injection: enabled', ", labels: { sidecar.istio.io/inject: 'false' }", false],
  ['', ", annotations: { sidecar.istio.io/inject: 'true' }", true],
])('pods of a namespace with the labels { %s } and a runtime with { %s } have a sidecar: %j', (labels, spec, has) => {
  const set = setOf(
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: m, labels: { modelmesh-enabled: 'true', ${labels} } }\n---\n${runtime('r', spec)}`,
  );
  expect(hasSidecar(set, runtimePodsOf(set).get('m')![0]!)).toBe(has);
});

test.each([
  ["excludeInboundPorts: '8080'", true],
  ["excludeInboundPorts: '8033, 8080'", true],
  ["excludeInboundPorts: '80'", false],
  ["includeInboundPorts: '8033'", true],
  ["includeInboundPorts: '*'", false],
])('a runtime with %s leaves the port to no sidecar: %j', (annotation, isExcluded) => {
  const set = setOf(runtime('r', `, annotations: { traffic.sidecar.istio.io/${annotation} }`));
  expect(isPortExcluded(runtimePodsOf(set).get('m')![0]!)).toBe(isExcluded);
});
