import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

/** A gateway as a caller addresses it. */
export interface GatewayAddress {
  /** `http://HOST:PORT`, or with https. */
  readonly origin: string;
  /** Header `Host`. @default - that of the origin */
  readonly host?: string;
  /** Header that names the model. */
  readonly modelHeader: string;
  /** Certificates for TLS, as PEM. */
  readonly authority?: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
}

/** What came back for a request. */
export interface GatewayAnswer {
  readonly status: number;
  readonly text: string;
}

/** More than the largest answer that a gateway may hold by default. */
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

/** Sends JSON requests to a gateway over connections that are kept. */
export class GatewayClient {
  private readonly agent: http.Agent;

  public constructor(
    private readonly address: GatewayAddress,
    private readonly timeoutMillis: number,
  ) {
    const { origin, authority, certificate, key } = address;
    // Node would expect a certificate for the header Host; fortio, whose requests these stand for, expects one for the origin.
    const servername = new URL(origin).hostname.replace(/^\[|\]$/g, '');
    this.agent = origin.startsWith('https:')
      ? new https.Agent({ keepAlive: true, ca: authority, cert: certificate, key, servername: isIP(servername) === 0 ? servername : '' })
      : new http.Agent({ keepAlive: true });
  }

  /** @throws Error when there is no answer in time, with a text for people */
  public async send(modelName: string, method: 'GET' | 'POST', path: string, body?: string): Promise<GatewayAnswer> {
    const { origin, host, modelHeader } = this.address;
    const headers = {
      [modelHeader]: modelName,
      ...(host === undefined ? {} : { host }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const { request } = origin.startsWith('https:') ? https : http;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        reject(new Error(reasonOf(error)));
      };
      const sent = request(`${origin}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
          else sent.destroy(new Error(`the answer has more than ${MAX_ANSWER_BYTES} bytes`));
        });
        response.once('error', fail);
        response.once('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      // Of the whole exchange: a socket's own timeout begins anew with each byte.
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${this.timeoutMillis / 1000} s`)), this.timeoutMillis);
      sent.once('error', fail);
      sent.end(body);
    });
  }

  public close(): void {
    this.agent.destroy();
  }
}

// Where a name has several addresses the error holds one for each and has no text of its own.
function reasonOf(error: NodeJS.ErrnoException): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}
