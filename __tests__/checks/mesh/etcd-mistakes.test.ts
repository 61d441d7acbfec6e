import fc from 'fast-check';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { MM440 } from '../../../lib/checks/mesh/mm440-etcd-secret-missing';
import { MM443 } from '../../../lib/checks/mesh/mm443-etcd-endpoints-missing';
import { MM445 } from '../../../lib/checks/mesh/mm445-etcd-file-not-copied';
import { MM446 } from '../../../lib/checks/mesh/mm446-etcd-host-unqualified';
import { MM447 } from '../../../lib/checks/mesh/mm447-etcd-copy-overwritten';
import { MM448 } from '../../../lib/checks/mesh/mm448-etcd-credentials';
import { MM449 } from '../../../lib/checks/mesh/mm449-etcd-client-certificate-half';
import { findingsIn, messagesOf } from '../../support/checks';

const secret = (where: string, connection: unknown): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'model-serving-etcd', namespace: where },
    stringData: { etcd_connection: typeof connection === 'string' ? connection : JSON.stringify(connection) },
  }) + '\n---\n';
const MESH = "apiVersion: v1\nkind: Namespace\nmetadata: { name: mesh, labels: { modelmesh-enabled: 'true' } }\n---\n";
const RUNTIME =
  'apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: r, namespace: mesh }\nspec: { multiModel: true }\n---\n';
const ETCD_RULES = CATALOGUE.filter(({ code }) => code >= 'MM440' && code <= 'MM449');

test('a sound connection is fine', () => {
  const connection = { endpoints: 'http://etcd.c:2379', root_prefix: 'a', unknown: 1 };
  expect(findingsIn(`${MESH}${RUNTIME}${secret('c', connection)}`, '', ETCD_RULES)).toEqual([]);
});

test.each([{}, { endpoints: '' }, { endpoints: ' , ' }, { endpoints: null }])('%j has no endpoints', (connection) => {
  expect(messagesOf(MM443, secret('c', connection))).toEqual([
    `"endpoints" is missing in 'etcd_connection': neither the controller nor a runtime pod finds etcd, and no model is loaded; add it, e.g. "http://etcd.etcd-namespace:2379"`,
  ]);
});

test('a bare host is fine while the only mesh lies beside etcd, and is reported for another namespace', () => {
  const connection = { endpoints: 'http://etcd:2379,http://etcd-1.c:2379' };
  expect(messagesOf(MM446, secret('c', connection))).toEqual([]);
  expect(messagesOf(MM446, `${MESH}${secret('mesh', connection)}`)).toEqual([]);
  expect(messagesOf(MM446, `${MESH}${secret('c', connection)}`)).toEqual([
    `host 'etcd' in "endpoints" names no namespace: the runtime pods in namespace 'mesh' look for it among their own Services; write 'etcd.c', with the namespace of etcd`,
  ]);
});

test('files are fine in the namespace of the controller alone', () => {
  const connection = { endpoints: 'https://a.b:2379', client_key_file: 'k', client_certificate_file: 'c' };
  expect(messagesOf(MM445, secret('c', connection))).toEqual([]);
  expect(messagesOf(MM445, `${MESH}${secret('c', connection)}`)).toHaveLength(2);
});

test('a copy is reported as such alone', () => {
  const yaml = `${MESH}${RUNTIME}${secret('c', { endpoints: 'http://etcd.c:2379' })}${secret('mesh', 'nonsense')}`;
  expect(findingsIn(yaml, '', ETCD_RULES).map(({ code, object }) => [code, object])).toEqual([
    ['MM447', "Secret 'mesh/model-serving-etcd'"],
  ]);
  expect(messagesOf(MM447, `${MESH}${RUNTIME}${secret('mesh', {})}`)).toEqual([]);
});

test('a key and a certificate may come from different places', () => {
  expect(messagesOf(MM449, secret('c', { client_key: 'a', client_certificate_file: 'b' }))).toEqual([]);
  expect(messagesOf(MM449, secret('c', { client_key: 'a' }))).toEqual([
    '"client_key" is set without "client_certificate": the controller refuses to connect to etcd; add "client_certificate"',
  ]);
});

test('the Secret is needed where the Deployment of the controller is', () => {
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: modelmesh-controller, namespace: c }\n---\n';
  expect(messagesOf(MM440, `${deployment}${secret('other', {})}`)).toHaveLength(1);
  expect(messagesOf(MM440, `${deployment}${secret('c', {})}`)).toEqual([]);
  expect(messagesOf(MM440, deployment, '--existing Secret/c/model-serving-etcd')).toEqual([]);
});

test('several credentials are one finding', () => {
  expect(messagesOf(MM448, secret('c', { endpoints: 'a.b', password: 'x', client_key: 'y', client_certificate: 'z' }))).toEqual([
    '"password" and "client_key" in etcd_connection can be read by everybody who reads these manifests; leave the Secret out of them, and make it with a sealed or external secret',
  ]);
});

test('no message repeats a credential', () => {
  const credential = fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom(...'QXZ0123456789') }).map((text) => `Zq${text}`);
  fc.assert(
    fc.property(credential, fc.constantFrom('password', 'client_key', 'userid', 'certificate'), fc.boolean(), (value, field, isBroken) => {
      const connection = JSON.stringify({ endpoints: 'http://etcd:2379', [field]: value });
      const yaml = `${MESH}${RUNTIME}${secret('c', isBroken ? `${connection}}` : connection)}`;
      expect(findingsIn(yaml, '', ETCD_RULES).filter(({ message }) => message.includes(value))).toEqual([]);
    }),
  );
});

test.each(['', 'null', '[]', '1', '{"endpoints": {}}', '{"endpoints": "::::,[", "client_key_file": 7}'])(
  'no check fails for %j',
  (connection) => {
    expect(() => findingsIn(`${MESH}${RUNTIME}${secret('c', connection)}`, '', ETCD_RULES)).not.toThrow();
  },
);
