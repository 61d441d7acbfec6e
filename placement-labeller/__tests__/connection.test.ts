import { parseConnection } from '../src/etcd/connection';

test('the connection that ModelMesh makes for a namespace', () => {
  expect(parseConnection('{"endpoints":"http://etcd.modelmesh:2379","root_prefix":"/mm_ns/mesh"}')).toEqual({
    endpoints: ['etcd.modelmesh:2379'],
    isTls: false,
    rootPrefix: '/mm_ns/mesh',
    user: undefined,
    certificateAuthority: undefined,
    clientCertificate: undefined,
    serverName: undefined,
  });
});

test('with everything', () => {
  const text = {
    endpoints: 'https://etcd-0.etcd:2379, https://etcd-1.etcd/ ,https://[::1]:2380',
    userid: 'reader',
    password: 'secret',
    root_prefix: 'root',
    certificate: 'CA',
    client_key: 'KEY',
    client_certificate: 'CERT',
    override_authority: 'etcd',
  };
  expect(parseConnection(JSON.stringify(text))).toEqual({
    endpoints: ['etcd-0.etcd:2379', 'etcd-1.etcd:2379', '[::1]:2380'],
    isTls: true,
    rootPrefix: 'root',
    user: { name: 'reader', password: 'secret' },
    certificateAuthority: 'CA',
    clientCertificate: { certificate: 'CERT', key: 'KEY' },
    serverName: 'etcd',
  });
});

test.each([
  ['{"endpoints":"etcd:2379","certificate":"CA"}', true],
  ['{"endpoints":"http://etcd:2379","client_key":"K","client_certificate":"C"}', true],
  ['{"endpoints":"https://etcd:2379"}', true],
  ['{"endpoints":"etcd:2379","password":null,"certificate":""}', false],
])('TLS as ModelMesh decides it: %s', (text, isTls) => expect(parseConnection(text).isTls).toBe(isTls));

test.each([
  ['{"password":"hunter2"', 'etcd_connection is no valid JSON: write an object with the field "endpoints"'],
  ['["hunter2"]', 'etcd_connection is no JSON object: write one with the field "endpoints"'],
  ['{"password":"hunter2"}', 'etcd_connection: "endpoints" is missing: add it, e.g. "http://etcd.modelmesh:2379"'],
  ['{"endpoints":" , "}', 'etcd_connection: "endpoints" names no host'],
  [
    '{"endpoints":"e","client_key":"hunter2"}',
    'etcd_connection: "client_key" and "client_certificate" belong together, and one of them is missing',
  ],
  [
    '{"endpoints":5,"userid":["hunter2"],"certificate_file":"ca.crt"}',
    'etcd_connection: "endpoints" is no text; "userid" is no text; "certificate_file" names a file, which namespaces of meshes do not get: write the text itself as "certificate"',
  ],
])('all problems at once, and nothing of the credentials: %s', (text, message) => {
  expect(() => parseConnection(text)).toThrow(new Error(message));
});
