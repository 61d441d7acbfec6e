import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewayAddress, GatewayClient } from '../../lib/model-probe/gateway-client';

const folder = mkdtempSync(join(tmpdir(), 'gateway-client-'));
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));
afterAll(() => rmSync(folder, { recursive: true }));

async function listen(server: (http.Server | https.Server) & Server): Promise<number> {
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

function clientOf(address: Omit<GatewayAddress, 'modelHeader'>, timeoutMillis = 5_000): GatewayClient {
  const client = new GatewayClient({ modelHeader: 'model', ...address }, timeoutMillis);
  closing.push(() => client.close());
  return client;
}

test('requests go over one connection, which is kept', async () => {
  const ports = new Set<number>();
  const port = await listen(
    http.createServer((request, response) => {
      ports.add(request.socket.remotePort!);
      response.end(`${request.method} ${request.url} ${request.headers['model'] as string}`);
    }),
  );
  const client = clientOf({ origin: `http://127.0.0.1:${port}` });
  expect(await client.send('iris', 'GET', '/v2/models/iris')).toEqual({ status: 200, text: 'GET /v2/models/iris iris' });
  expect(await client.send('iris', 'POST', '/x', '{}')).toEqual({ status: 200, text: 'POST /x iris' });
  expect(ports.size).toBe(1);
});

test('an answer that goes on and on is given up', async () => {
  const port = await listen(http.createServer((_request, response) => void setInterval(() => response.write('x'), 20).unref()));
  await expect(clientOf({ origin: `http://127.0.0.1:${port}` }, 300).send('iris', 'GET', '/')).rejects.toThrow('no answer within 0.3 s');
});

test('an answer that breaks off is an error', async () => {
  const port = await listen(
    http.createServer((_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('some', () => response.destroy());
    }),
  );
  await expect(clientOf({ origin: `http://127.0.0.1:${port}` }).send('iris', 'GET', '/')).rejects.toThrow('aborted');
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

(hasOpenssl ? describe : describe.skip)('TLS (certificates made with openssl)', () => {
  /** A certificate of itself for a name, and its key. */
  const certificate = (name: string): { cert: Buffer; key: Buffer } => {
    const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
    const { status, stderr } = spawnSync('openssl', [...args, '-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert], {
      encoding: 'utf8',
    });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    return { cert: readFileSync(cert), key: readFileSync(key) };
  };

  test('the certificate is that of the origin, whatever the header Host says', async () => {
    const { cert, key } = certificate('localhost');
    const port = await listen(https.createServer({ cert, key }, (request, response) => response.end(request.headers.host)));
    const origin = `https://localhost:${port}`;
    expect(await clientOf({ origin, host: 'models.example.com', authority: cert }).send('iris', 'GET', '/')).toEqual({
      status: 200,
      text: 'models.example.com',
    });
    await expect(clientOf({ origin }).send('iris', 'GET', '/')).rejects.toThrow('self-signed certificate');
    const other = certificate('other.example.com');
    const otherPort = await listen(https.createServer(other, (_request, response) => response.end()));
    const wrong = clientOf({ origin: `https://localhost:${otherPort}`, host: 'other.example.com', authority: other.cert });
    await expect(wrong.send('iris', 'GET', '/')).rejects.toThrow("Hostname/IP does not match certificate's altnames: Host: localhost.");
  });

  test('a gateway that asks for a certificate gets it', async () => {
    const [server, caller] = [certificate('localhost'), certificate('caller')];
    const options = { ...server, ca: caller.cert, requestCert: true, rejectUnauthorized: true };
    const subjectOf = (socket: unknown): string => (socket as TLSSocket).getPeerCertificate().subject.CN as string;
    const port = await listen(https.createServer(options, (request, response) => response.end(subjectOf(request.socket))));
    const address = { origin: `https://localhost:${port}`, authority: server.cert };
    const client = clientOf({ ...address, certificate: caller.cert, key: caller.key });
    expect(await client.send('iris', 'GET', '/')).toEqual({ status: 200, text: 'caller' });
    await expect(clientOf(address).send('iris', 'GET', '/')).rejects.toThrow(/certificate required|socket hang up|ECONNRESET/);
  });
});
