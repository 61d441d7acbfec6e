import http from 'node:http';
import type { Registry } from 'prom-client';

export interface StatusServerOptions {
  readonly port: number;
  readonly metrics: Registry;
  /** What is still missing; empty once everything has been read. */
  missing(): readonly string[];
}

/** Serves the probes and the metrics. */
export async function startStatusServer({ port, metrics, missing }: StatusServerOptions): Promise<http.Server> {
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const send = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'only GET\n');
    switch (request.url?.split('?')[0]) {
      case '/livez':
        return send(200, 'ok\n');
      case '/readyz':
        return missing().length === 0 ? send(200, 'ok\n') : send(503, `waiting for ${missing().join(', ')}\n`);
      case '/metrics':
        return send(200, await metrics.metrics(), metrics.contentType);
      default:
        return send(404, 'there are /livez, /readyz and /metrics\n');
    }
  };
  const server = http.createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}
