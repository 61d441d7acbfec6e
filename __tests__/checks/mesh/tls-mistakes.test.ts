import { MM426 } from '../../../lib/checks/mesh/mm426-client-auth-unknown';
import { MM431 } from '../../../lib/checks/mesh/mm431-tls-secret-missing';
import { MM432 } from '../../../lib/checks/mesh/mm432-tls-secret-keys';
import { MM433 } from '../../../lib/checks/mesh/mm433-certificate-names';
import { MM434 } from '../../../lib/checks/mesh/mm434-rest-proxy-client-auth';
import { MM435 } from '../../../lib/checks/mesh/mm435-rest-proxy-private-ca';
import { messagesOf } from '../../support/checks';

const config = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata: { config.yaml: ${JSON.stringify(text)} }\n---\n`;
const runtime = (where: string): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: r, namespace: ${where} }\nspec: { multiModel: true }\n---\n`;
const secret = (where: string, fields: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: mm-tls, namespace: ${where} }\n${fields}\n---\n`;
const certificate = (where: string, spec: string): string =>
  `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: x, namespace: ${where} }\nspec: { secretName: mm-tls, ${spec} }\n---\n`;
const TLS = config('tls: { secretName: mm-tls }');

test('every namespace with runtimes and the one of the controller need the Secret', () => {
  expect(messagesOf(MM431, `${TLS}${runtime('a')}${runtime('b')}${secret('b', 'data: {}')}`)).toEqual([
    "tls.secretName is 'mm-tls', which namespace 'a' lacks: no runtime gets a Deployment there; add the Secret, or a Certificate that makes it, to the namespace",
    "tls.secretName is 'mm-tls', which namespace 'c' lacks: the controller, which runs there, cannot speak with the runtime pods, and loads no model; add the Secret, or a Certificate that makes it, to the namespace",
  ]);
});

test('a namespace that is switched off needs no Secret, and none does without TLS', () => {
  const off = "apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { modelmesh-enabled: 'false' } }\n---\n";
  expect(messagesOf(MM431, `${TLS}${off}${runtime('a')}`, '--existing Secret/c/mm-tls')).toEqual([]);
  expect(messagesOf(MM431, `${config('tls: { secretName: "" }')}${runtime('a')}`)).toEqual([]);
});

test('one missing key is named, and keys of data and stringData count alike', () => {
  expect(messagesOf(MM432, `${TLS}${runtime('a')}${secret('a', 'data: { tls.crt: QQ== }')}`)).toEqual([
    "key 'tls.key' missing in the Secret of tls.secretName: the runtime pods and the controller find no certificate there; add it",
  ]);
  expect(messagesOf(MM432, `${TLS}${runtime('a')}${secret('a', 'data: { tls.crt: QQ== }\nstringData: { tls.key: a }')}`)).toEqual([]);
});

test('a certificate without names is reported, one of another Secret or namespace is not', () => {
  expect(messagesOf(MM433, `${TLS}${runtime('a')}${certificate('a', 'commonName: modelmesh-serving.a')}`)).toHaveLength(1);
  expect(messagesOf(MM433, `${TLS}${runtime('a')}${certificate('a', "dnsNames: ['*.a']")}`)).toEqual([]);
  expect(messagesOf(MM433, `${TLS}${runtime('a')}${certificate('c', 'dnsNames: [x]')}`)).toEqual([]);
});

test('the name in the certificate follows inferenceServiceName', () => {
  const yaml = `${config('inferenceServiceName: my-mesh\ntls: { secretName: mm-tls }')}${runtime('a')}${certificate('a', 'dnsNames: [modelmesh-serving.a]')}`;
  expect(messagesOf(MM433, yaml)).toEqual([
    "no entry of spec.dnsNames is 'my-mesh.a': by that name ModelMesh's controller calls the runtime pods, and refuses their certificate without it, so no model is loaded; add 'my-mesh.a'",
  ]);
});

test('clientAuth is read whatever its case and without the blanks around it', () => {
  expect(messagesOf(MM426, config('tls: { secretName: a, clientAuth: " Require " }'))).toEqual([]);
  expect(messagesOf(MM434, config('tls: { secretName: a, clientAuth: " Require " }'))).toHaveLength(1);
  expect(messagesOf(MM434, config('tls: { secretName: a, clientAuth: optional }'))).toEqual([]);
});

test('without an authority of its own, or without the REST proxy, nothing has to be skipped', () => {
  const pair = secret('a', 'stringData: { tls.crt: a, tls.key: b }');
  const withCa = secret('a', 'stringData: { tls.crt: a, tls.key: b, ca.crt: c }');
  expect(messagesOf(MM435, `${TLS}${runtime('a')}${pair}`)).toEqual([]);
  expect(messagesOf(MM435, `${TLS}${runtime('a')}${withCa}`)).toHaveLength(1);
  expect(messagesOf(MM435, `${config('tls: { secretName: mm-tls }\nrestProxy: { enabled: false }')}${runtime('a')}${withCa}`)).toEqual([]);
});
