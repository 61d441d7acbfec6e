import { quote } from '../../lib/values/problems';
import { RuntimeEndpoint } from '../../lib/values/runtime-endpoint';
import { NOT_STRINGS } from './arbitraries';

const socketMessage = (quoted: string) =>
  `serving runtime endpoint: socket path ${quoted} is not valid: use an absolute path of a file in a folder, such as '/sockets/runtime.sock'`;

test.each([1, 8085, 65535])('port %s', (port) => {
  const endpoint = RuntimeEndpoint.port(port);
  expect(endpoint.toString()).toBe(`port:${port}`);
  expect(endpoint.portNumber).toBe(port);
  expect(endpoint.socketPath).toBeUndefined();
});

test.each([0, -1, 65536, 80.5, NaN, Infinity])('refuses port %s', (port) => {
  expect(() => RuntimeEndpoint.port(port)).toThrow(
    new Error(`serving runtime endpoint: port is '${port}': use a whole number from 1 to 65535`),
  );
});

test('refuses a port that is missing or a text', () => {
  expect(() => RuntimeEndpoint.port(undefined as unknown as number)).toThrow(
    new Error('serving runtime endpoint: port is missing: use a whole number from 1 to 65535'),
  );
  expect(() => RuntimeEndpoint.port('8085' as unknown as number)).toThrow(
    new Error("serving runtime endpoint: port is '8085': use a whole number from 1 to 65535"),
  );
});

test.each(['/sockets/runtime.sock', '/a/b/c', '/a/..b', '/a/.hidden'])('Unix socket %s', (path) => {
  const endpoint = RuntimeEndpoint.unixSocket(path);
  expect(endpoint.toString()).toBe(`unix:${path}`);
  expect(endpoint.socketPath).toBe(path);
  expect(endpoint.portNumber).toBeUndefined();
});

test.each([
  '',
  '/',
  '/runtime.sock',
  'sockets/runtime.sock',
  '/sockets/',
  '/sockets//runtime.sock',
  '/sockets/..',
  '/sockets/.',
  '/sockets/../runtime.sock',
  '/./runtime.sock',
  '/my sockets/a',
  '/sockets/a\n',
  'unix:/sockets/a',
])('refuses the socket path %j', (path) => {
  expect(() => RuntimeEndpoint.unixSocket(path)).toThrow(new Error(socketMessage(quote(path))));
});

test.each([...NOT_STRINGS, ['["/a/b"]', ['/a/b'] as unknown as string] as const])(
  'refuses the socket path %s, which is no string',
  (quoted, value) => {
    expect(() => RuntimeEndpoint.unixSocket(value)).toThrow(new Error(socketMessage(`'${quoted}'`)));
  },
);
