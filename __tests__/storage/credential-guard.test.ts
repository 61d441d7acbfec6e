import fc from 'fast-check';
import { credentialInUrlProblem, credentialProblems, urlWithoutSecrets } from '../../lib/storage/credential-guard';

const REMEDY = "keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'";
const SECRET = 'hunter2-hunter2';

describe('storage parameters', () => {
  test.each([
    // ModelMesh's own
    'access_key_id',
    'secret_access_key',
    'private_key',
    'client_secret',
    'connection_string',
    'client_key',
    'headers',
    'headers.Authorization',
    'headers.X-Any',
    // spelled in other ways
    'accessKeyId',
    'SECRET_ACCESS_KEY',
    'secret-access-key',
    'aws_access_key_id',
    'aws_session_token',
    // those of other stores
    'token',
    'access_token',
    'sas_token',
    'password',
    'db.password',
    'passwd',
    'passphrase',
    'secret',
    'credential',
    'credentials',
    'account_key',
    'accountKey',
    'api_key',
    'apikey',
    'access_key',
    'secret_key',
    'signature',
    'authorization',
  ])('%s is a credential, and its value is not repeated', (name) => {
    const problems = credentialProblems({ bucket: 'models', [name]: SECRET });
    expect(problems).toEqual([`storage parameter '${name}' is a credential, which must not be in a manifest: ${REMEDY}`]);
    expect(problems.join()).not.toContain(SECRET);
  });

  test.each([
    'type',
    'name',
    'bucket',
    'default_bucket',
    'region',
    'endpoint_url',
    'account_name',
    'container',
    'url',
    'token_uri',
    'client_id',
    'client_email',
    'tenant_id',
    'certificate',
    'client_certificate',
    'private_key_id',
    'secret_name',
    'key',
    'path',
  ])('%s is harmless', (name) => {
    expect(credentialProblems({ [name]: SECRET })).toEqual([]);
  });

  test('every credential is found, and none among no parameters', () => {
    expect(credentialProblems({})).toEqual([]);
    expect(credentialProblems({ password: 'a', region: 'b', token: 'c' })).toEqual([
      `storage parameter 'password' is a credential, which must not be in a manifest: ${REMEDY}`,
      `storage parameter 'token' is a credential, which must not be in a manifest: ${REMEDY}`,
    ]);
  });

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])('a %s is a credential under any name', (kind) => {
    const value = `-----BEGIN ${kind}-----\n${SECRET}\n-----END ${kind}-----\n`;
    expect(credentialProblems({ certificate: value })).toEqual([
      `storage parameter 'certificate' is a credential, which must not be in a manifest: ${REMEDY}`,
    ]);
  });

  test('a certificate is none', () => {
    expect(credentialProblems({ certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' })).toEqual([]);
  });

  test('a URL with a credential is found under any name', () => {
    expect(credentialProblems({ url: `https://user:${SECRET}@example.com`, endpoint_url: `https://example.com?sig=${SECRET}` })).toEqual([
      `storage parameter 'url' holds a user name or password, which must not be in a manifest: ${REMEDY}`,
      `storage parameter 'endpoint_url' holds the credential 'sig' in its query, which must not be in a manifest: ${REMEDY}`,
    ]);
  });
});

describe('URLs', () => {
  const userInfo = `URL holds a user name or password, which must not be in a manifest: ${REMEDY}`;

  test.each([
    `https://user:${SECRET}@example.com/a`,
    `https://${SECRET}@example.com/a`,
    `https://:${SECRET}@example.com/a`,
    `s3://user:${SECRET}@bucket/a`,
    `pvc://user:${SECRET}@claim/a`,
    `https://user:${SECRET}@`,
    `https://us@er:${SECRET}@example.com`,
    `https://user:${SECRET}/with/slashes@example.com/a`,
    `https://user: ${SECRET} @example.com/a`,
    `https://user:${SECRET}@exa mple.com`,
    `https://user:${SECRET}\n@example.com`,
    `https:/user:${SECRET}@example.com`,
    `https:user:${SECRET}@example.com`,
    `https:///user:${SECRET}@example.com`,
    `https:\\\\user:${SECRET}@example.com`,
    `user:${SECRET}@example.com/a`,
    `ftp://user:${SECRET}@example.com`,
    `HTTPS://user:${SECRET}@example.com?a=b#c`,
  ])('%j holds a password', (url) => {
    expect(credentialInUrlProblem('URL', url)).toBe(userInfo);
  });

  test.each([
    'sig',
    'SIG',
    'signature',
    'Signature',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
    'AWSAccessKeyId',
    'X-Goog-Signature',
    'X-Goog-Credential',
    'OSSAccessKeyId',
    'security-token',
    'x-oss-signature',
    'token',
    'access_token',
    'private_token',
    'api_key',
    'apiKey',
    'key',
    'password',
    'pwd',
    'auth',
    'sas',
    'client_secret',
  ])('the parameter %s of a query is a credential', (name) => {
    const expected = `URL holds the credential '${name}' in its query, which must not be in a manifest: ${REMEDY}`;
    expect(credentialInUrlProblem('URL', `https://example.com/a?b=c&${name}=${SECRET}&d=e`)).toBe(expected);
    expect(credentialInUrlProblem('URL', `https://exa mple/a?${name}=${SECRET}`)).toBe(expected);
    expect(credentialInUrlProblem('URL', `https://example.com/a?b;${name}=${SECRET}`)).toBe(expected);
    expect(credentialInUrlProblem('URL', `https://example.com/a#${name}=${SECRET}`)).toBe(expected);
    expect(credentialInUrlProblem('URL', `https://example.com/a?b\n&${name}=${SECRET}`)).toBe(expected);
  });

  test('a name that is written with escapes is read', () => {
    expect(credentialInUrlProblem('URL', `https://example.com/a?%73ig=${SECRET}`)).toBe(
      `URL holds the credential 'sig' in its query, which must not be in a manifest: ${REMEDY}`,
    );
  });

  test.each([
    'https://example.com',
    'https://example.com:8443/a/b@c',
    'https://example.com/a:b@c',
    'https://example.com/a?versionId=1&X-Amz-Expires=60&sv=2020&tokens=1&keys=2',
    's3://bucket/model@v1/a:b',
    'pvc://claim/a@b',
    'http://[::1]:8080/a',
    'a@b',
    '',
  ])('%j holds none', (url) => {
    expect(credentialInUrlProblem('URL', url)).toBeUndefined();
  });

  test('what is shown of a URL ends at its query, and begins after an @ where there is no host', () => {
    expect(urlWithoutSecrets('https://example.com/a@b')).toBe('https://example.com/a@b');
    expect(urlWithoutSecrets(`https://example.com/a?b=${SECRET}\n${SECRET}#c`)).toBe('https://example.com/a?***');
    expect(urlWithoutSecrets(`https://example.com/a#${SECRET}`)).toBe('https://example.com/a#***');
    expect(urlWithoutSecrets(`${SECRET}@example.com/a`)).toBe('***@example.com/a');
  });

  test('a password in front of a host is found, whatever it consists of', () => {
    // Not one of digits alone up to a slash: `https://host:80/a@b` is a port and a path.
    const passwords = fc.string({ minLength: 1 }).filter((text) => !/[?#]/.test(text) && !/^[0-9]*([/\\]|$)/.test(text));
    fc.assert(
      fc.property(fc.constantFrom('http', 'https', 's3', 'gs', 'pvc'), passwords, (scheme, password) => {
        expect(credentialInUrlProblem('URL', `${scheme}://user:${password}@example.com/a`)).toBe(userInfo);
      }),
    );
  });
});
