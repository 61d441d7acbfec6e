import { endpointHosts, etcdSecretNameOf, etcdSecretsOf, isQualifiedHost } from '../../../lib/modelmesh/installation/etcd';
import { setOf } from '../../support/checks';

const secret = (namespace: string, fields: string, name = 'model-serving-etcd'): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${namespace} }\n${fields}\n---\n`;
const runtime = (namespace: string): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: r, namespace: ${namespace} }\nspec: { multiModel: true }\n---\n`;

test.each([
  ['http://etcd:2379', ['etcd']],
  ['https://a.b:2379,https://c.d:2379', ['a.b', 'c.d']],
  [' etcd:2379 , 10.0.0.1:2379/path', ['etcd', '10.0.0.1']],
  ['http://[::1]:2379', []],
  [',', []],
])('the hosts of %j are %j', (endpoints, hosts) => {
  expect(endpointHosts(endpoints)).toEqual(hosts);
});

test('a host with a dot means the same in every namespace', () => {
  expect(['etcd', 'localhost', 'etcd.mesh', '10.0.0.1'].map(isQualifiedHost)).toEqual([false, false, true, true]);
});

test('the connection is read from data and from stringData, and stringData wins', () => {
  const encoded = Buffer.from('{"endpoints":"http://a.b:2379"}').toString('base64');
  const read = (fields: string): unknown => etcdSecretsOf(setOf(secret('c', fields))).map(({ field, connection }) => [field, connection]);
  expect(read(`data: { etcd_connection: ${encoded} }`)).toEqual([['data', { endpoints: 'http://a.b:2379' }]]);
  expect(read(`data: { etcd_connection: ${encoded} }\nstringData: { etcd_connection: '{}' }`)).toEqual([['stringData', {}]]);
});

test.each([
  ['{', 'is no valid JSON'],
  ['null', 'is no JSON object'],
  ['[]', 'is no JSON object'],
  ['{"password": 12345}', "has a field 'password' that is no text"],
  ['{"password": null, "other": 1}', undefined],
])('the problem of %j is %j', (text, problem) => {
  expect(etcdSecretsOf(setOf(secret('c', `stringData: { etcd_connection: '${text}' }`)))[0]!.problem).toBe(problem);
});

test('a Secret beside runtimes is a copy when another lies in a namespace without a mesh', () => {
  const both = setOf(`${secret('c', 'data: {}')}${secret('m', 'data: {}')}${runtime('m')}${runtime('other')}`);
  expect(etcdSecretsOf(both).map(({ isCopy, copiedTo }) => [isCopy, copiedTo])).toEqual([
    [false, ['m', 'other']],
    [true, ['other']],
  ]);
  expect(etcdSecretsOf(setOf(`${secret('m', 'data: {}')}${runtime('m')}`)).map(({ isCopy, copiedTo }) => [isCopy, copiedTo])).toEqual([
    [false, []],
  ]);
});

test('a Secret beside runtimes is a copy when the controller is known to live elsewhere', () => {
  const options = '--existing Deployment/c/modelmesh-controller';
  expect(etcdSecretsOf(setOf(`${secret('m', 'data: {}')}${runtime('m')}`, options)).map(({ isCopy }) => isCopy)).toEqual([true]);
});

test('the variable of the controller names the Secret, and wins over the deprecated setting', () => {
  const config =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata: { config.yaml: "etcdSecretName: old" }\n---\n';
  const deployment = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: modelmesh-controller, namespace: c }\nspec: { template: { spec: { containers: [{ env: [{ name: ETCD_SECRET_NAME, value: ${name} }] }] } } }\n---\n`;
  expect([
    etcdSecretNameOf(setOf('')),
    etcdSecretNameOf(setOf(config)),
    etcdSecretNameOf(setOf(`${config}${deployment('new')}`)),
    etcdSecretNameOf(setOf(`${config}${deployment('model-serving-etcd')}`)),
  ]).toEqual(['model-serving-etcd', 'old', 'new', 'old']);
});
