import { MM451 } from '../../../lib/checks/mesh/mm451-network-policy-pod-to-pod';
import { MM452 } from '../../../lib/checks/mesh/mm452-network-policy-inference';
import { MM453 } from '../../../lib/checks/mesh/mm453-strict-mtls-pod-to-pod';
import { findingsIn, messagesOf } from '../../support/checks';

const mesh = (labels = ''): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: mesh, labels: { modelmesh-enabled: 'true', ${labels} } }\n---\n`;
const runtime = (name: string, spec = '', kind = 'ServingRuntime'): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: mesh }\nspec: { multiModel: true${spec} }\n---\n`;
const policy = (name: string, spec: string, where = 'mesh'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { ${spec} }\n---\n`;
const DENY = policy('deny', 'podSelector: {}, policyTypes: [Ingress]');
const STRICT =
  'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default, namespace: istio-system }\nspec: { mtls: { mode: STRICT } }\n---\n';

// The policy of ModelMesh's own installation.
const SHIPPED = policy(
  'modelmesh-runtimes',
  'podSelector: { matchLabels: { app.kubernetes.io/managed-by: modelmesh-controller }, matchExpressions: [{ key: modelmesh-service, operator: Exists }] }, policyTypes: [Ingress], ' +
    'ingress: [{ ports: [{ port: 8033 }, { port: 8080 }], from: [{ podSelector: { matchLabels: { app.kubernetes.io/managed-by: modelmesh-controller } } }] }, { ports: [{ port: 8033 }, { port: 8008 }] }]',
);

test('a policy that denies everything is reported once for each port', () => {
  expect(messagesOf(MM451, `${mesh()}${runtime('r')}${runtime('s')}${DENY}`)).toEqual([
    'the policy selects runtime pods, and none of the namespace lets them reach each other at port 8080: a request that meets a pod without the model fails; allow port 8080 from pods with the label modelmesh-service',
  ]);
  expect(messagesOf(MM452, `${mesh()}${runtime('r')}${runtime('s')}${DENY}`)).toEqual([
    "the policy selects runtime pods, and none of the namespace lets anything reach them at port 8033: ModelMesh's controller cannot register models, and no client gets an answer; allow port 8033, from the namespace of the controller too",
  ]);
});

test.each([
  ['without any policy', ''],
  ['with the policies of the installation', `${DENY}${SHIPPED}`],
  ['with a policy in another namespace', policy('deny', 'podSelector: {}', 'other')],
  ['with a policy for egress alone', policy('deny', 'podSelector: {}, policyTypes: [Egress]')],
])('a mesh %s is fine', (_, policies) => {
  expect(findingsIn(`${mesh()}${runtime('r')}${policies}`, '', [MM451, MM452])).toEqual([]);
});

test('pods of one runtime that only pods of the same runtime may reach are reported', () => {
  const own = 'podSelector: { matchLabels: { name: modelmesh-serving-r } }';
  const yaml = `${mesh()}${runtime('r')}${runtime('s')}${policy('p', `${own}, ingress: [{ from: [{ ${own} }] }]`)}`;
  expect(findingsIn(yaml, '', [MM451, MM452]).map(({ code }) => code)).toEqual(['MM451']);
});

test('a namespace without runtimes of its own, and cluster-wide runtimes, count as well', () => {
  expect(findingsIn(`${mesh()}${DENY}`, '', [MM451, MM452]).map(({ code }) => code)).toEqual(['MM451', 'MM452']);
  expect(findingsIn(`${mesh()}${runtime('r', '', 'ClusterServingRuntime')}${DENY}`, '', [MM451, MM452])).toHaveLength(2);
});

test('strict mTLS of the whole mesh is reported for every runtime without the annotation', () => {
  const annotated = ", annotations: { traffic.sidecar.istio.io/excludeInboundPorts: '8080' }";
  const yaml = `${mesh('istio-injection: enabled')}${STRICT}${runtime('r')}${runtime('s', annotated)}`;
  expect(messagesOf(MM453, yaml)).toEqual([
    `PeerAuthentication 'istio-system/default' demands mTLS of the runtime pods in namespace 'mesh', which call each other in plain text at port 8080: a request that meets a pod without the model may fail; set traffic.sidecar.istio.io/excludeInboundPorts to "8080" in spec.annotations of the runtime, or portLevelMtls of 8080 to PERMISSIVE`,
  ]);
});

test('strict mTLS says nothing to pods without a sidecar', () => {
  expect(messagesOf(MM453, `${mesh()}${STRICT}${runtime('r')}`)).toEqual([]);
  expect(
    messagesOf(MM453, `${mesh('istio-injection: enabled')}${STRICT}${runtime('r', ", labels: { sidecar.istio.io/inject: 'false' }")}`),
  ).toEqual([]);
});

test('odd policies make no check fail', () => {
  const odd = 'podSelector: 3, policyTypes: x, ingress: [null, { from: x, ports: [null, 3] }, { from: [null] }]';
  expect(() =>
    findingsIn(`${mesh('istio-injection: enabled')}${runtime('r', ', annotations: 3, labels: [1]')}${policy('p', odd)}${STRICT}`),
  ).not.toThrow();
});
