import { httpUrlProblem, isHost } from '../../lib/storage/http-url';
import { NOT_STRINGS } from '../values/arbitraries';

const notValid = (shown: string) => `URL '${shown}' is not valid: write it as 'http://HOST' or 'https://HOST'`;

test.each([
  'http://example.com',
  'https://s3.example.com:9000',
  'https://example.com/',
  'https://example.com/base/path@1?versionId=2',
  'http://minio.storage.svc.cluster.local:9000',
  'http://my_host',
  'http://[::1]:8080',
  'https://bücher.example',
])('accepts %s', (url) => {
  expect(httpUrlProblem('URL', url)).toBeUndefined();
});

test.each([
  ['', ''],
  ['example.com', 'example.com'],
  ['ftp://example.com', 'ftp://example.com'],
  ['HTTP://example.com', 'HTTP://example.com'],
  ['https:example.com', 'https:example.com'],
  ['https://', 'https://'],
  ['https:///a', 'https:///a'],
  ['https://?a=b', 'https://?***'],
  ['https://exa mple.com', 'https://exa mple.com'],
  ['https://example.com/a b', 'https://example.com/a b'],
  ['https://example.com\n', 'https://example.com\\n'],
  ['https://exam\tple.com', 'https://exam\\tple.com'],
  ['https://example.com\\a', 'https://example.com\\a'],
  ['https://example.com:port', 'https://example.com:port'],
  ['https://example.com:65536', 'https://example.com:65536'],
  ['https://[::1', 'https://[::1'],
  ['https://exa%zzmple', 'https://exa%zzmple'],
  ['https://example.com#a=b', 'https://example.com#***'],
  ['hunter2@example.com', '***@example.com'],
])('refuses %j', (url, shown) => {
  expect(httpUrlProblem('URL', url)).toBe(notValid(shown));
});

test.each(NOT_STRINGS)('refuses %s, which is no string', (_, value) => {
  expect(httpUrlProblem('URL', value)).toBe("URL is not a string: write it as 'http://HOST' or 'https://HOST'");
});

test('a credential is told before anything that would repeat it', () => {
  expect(httpUrlProblem('URL', 'ftp://user:hunter2@exa mple.com?sig=hunter2')).toBe(
    'URL holds a user name or password, which must not be in a manifest: ' +
      "keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'",
  );
});

test('a host has no path, query, user or white space', () => {
  expect(['a', 'a:1', '1.2.3.4', '[::1]:80'].every(isHost)).toBe(true);
  expect(['', 'a/b', 'a?b', 'a#b', 'a@b', 'a b', 'a\\b', 'a:b', '[a', 'a\n', '1.2.3.400'].filter(isHost)).toEqual([]);
});
