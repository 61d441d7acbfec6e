import { coversHost, hasSecret, tlsNamespacesOf, tlsSecretsOf } from '../../../lib/modelmesh/installation/tls';
import { setOf } from '../../support/checks';

const CONFIG =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata: { config.yaml: "tls: { secretName: mm-tls }" }\n---\n';
const RUNTIME =
  'apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: r, namespace: m }\nspec: { multiModel: true }\n---\n';

test.each([
  ['modelmesh-serving.m', true],
  ['MODELMESH-serving.M', true],
  ['*.m', true],
  ['*.serving.m', false],
  ['modelmesh-serving.m.svc', false],
  ['modelmesh-serving', false],
])('the name %j covers the Service: %j', (name, covers) => {
  expect(coversHost(name, 'modelmesh-serving.m')).toBe(covers);
});

test('the Secret is needed beside runtimes and beside the controller', () => {
  expect(tlsNamespacesOf(setOf(`${CONFIG}${RUNTIME}`))).toEqual([
    { namespace: 'm', hasRuntimePods: true },
    { namespace: 'c', hasRuntimePods: false },
  ]);
  expect(tlsNamespacesOf(setOf(RUNTIME))).toEqual([]);
});

test.each([
  ['a Secret', 'apiVersion: v1\nkind: Secret\nmetadata: { name: mm-tls, namespace: m }', ''],
  [
    'a Certificate',
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: x, namespace: m }\nspec: { secretName: mm-tls }',
    '',
  ],
  ['an ExternalSecret', 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: mm-tls, namespace: m }', ''],
  ['a SealedSecret', 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: mm-tls, namespace: m }', ''],
  ['somebody else', '', '--existing Secret/m/mm-tls'],
])('a Secret is made by %s', (_, yaml, options) => {
  expect(hasSecret(setOf(yaml, options), 'm', 'mm-tls')).toBe(true);
  expect(hasSecret(setOf(yaml, options), 'n', 'mm-tls')).toBe(false);
});

test('Secrets of that name in other namespaces are none of the mesh', () => {
  const secret = (namespace: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: mm-tls, namespace: ${namespace} }\n---\n`;
  expect(tlsSecretsOf(setOf(`${CONFIG}${RUNTIME}${secret('m')}${secret('other')}`)).map(({ namespace }) => namespace)).toEqual(['m']);
});
