import { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import https from 'node:https';
import { ApiError } from './api-error';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** From `/api` on, with the query. */
  readonly path: string;
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
  /** Asks for nothing but metadata: of an object, or of the objects of a list. A watch delivers one object after the other. */
  readonly metadataOf?: 'object' | 'list';
  /** After how long there must be an answer. @default 10000 */
  readonly timeoutMillis?: number;
}

const METADATA_ONLY = {
  object: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  list: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
};
const REQUEST_MILLIS = 10_000;
/** For how long credentials are used before they are looked at again. Tokens of pods are written anew long before they end. */
const CREDENTIALS_MILLIS = 30_000;

/**
 * Requests to the API server, over connections that stay open.
 *
 * KubeConfig finds the server and the credentials. Its library's own clients open a connection, with a TLS handshake, for each request.
 */
export class KubernetesApi {
  public static fromEnvironment(): KubernetesApi {
    const config = new KubeConfig();
    config.loadFromDefault();
    return new KubernetesApi(config);
  }

  private readonly server: URL;
  private credentials?: {
    readonly key: string;
    readonly options: https.RequestOptions;
    readonly agent: http.Agent;
    readonly until: number;
  };

  private constructor(private readonly config: KubeConfig) {
    const cluster = config.getCurrentCluster();
    if (cluster === null) throw new Error('there is no Kubernetes API server: run in a pod, or set KUBECONFIG');
    this.server = new URL(cluster.server);
  }

  /**
   * Sends a request.
   *
   * @throws ApiError when the server refuses, another Error when it cannot be reached
   */
  public async request<T>(request: ApiRequest): Promise<T> {
    const response = await this.send(request, AbortSignal.timeout(request.timeoutMillis ?? REQUEST_MILLIS));
    return JSON.parse(await textOf(response)) as T;
  }

  /** Sends a request whose answer goes on and on, and gives its lines away one by one. Returns when it ends. */
  public async stream(request: ApiRequest, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    const response = await this.send(request, signal);
    let rest = '';
    response.setEncoding('utf8');
    for await (const chunk of response as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line !== '') onLine(line);
    }
  }

  public close(): void {
    this.credentials?.agent.destroy();
  }

  private async send({ method, path, body, contentType, metadataOf }: ApiRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { options, agent } = await this.currentCredentials();
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const { protocol, hostname, port, pathname } = this.server;
      const headers: http.OutgoingHttpHeaders = {
        ...(options.headers as http.OutgoingHttpHeaders),
        accept: metadataOf === undefined ? 'application/json' : METADATA_ONLY[metadataOf],
        'user-agent': 'placement-labeller',
        ...(content === undefined ? {} : { 'content-type': contentType ?? 'application/json', 'content-length': content.length }),
      };
      const host = hostname.replace(/^\[|\]$/g, '');
      const request = (protocol === 'https:' ? https : http).request(
        { method, host, port, path: `${pathname.replace(/\/$/, '')}${path}`, auth: options.auth, headers, agent, signal },
        resolve,
      );
      request.on('error', reject);
      request.end(content);
    });
    if (response.statusCode! >= 200 && response.statusCode! < 300) return response;
    if (response.statusCode === 401) this.credentials = undefined;
    throw errorOf(response, await textOf(response));
  }

  private async currentCredentials(): Promise<{ readonly options: https.RequestOptions; readonly agent: http.Agent }> {
    const now = performance.now();
    if (this.credentials !== undefined && now < this.credentials.until) return this.credentials;
    const options: https.RequestOptions = {};
    await this.config.applyToHTTPSOptions(options);
    const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
    const forTls = { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername };
    const identity = JSON.stringify(forTls);
    const known = this.credentials;
    const isSame = known?.key === identity;
    if (!isSame) known?.agent.destroy();
    const limits = { keepAlive: true, maxSockets: 32 };
    const agent = isSame
      ? known.agent
      : this.server.protocol === 'https:'
        ? new https.Agent({ ...forTls, ...limits })
        : new http.Agent(limits);
    this.credentials = { key: identity, options, agent, until: now + CREDENTIALS_MILLIS };
    return this.credentials;
  }
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function errorOf({ statusCode, headers }: http.IncomingMessage, text: string): ApiError {
  const seconds = Number(headers['retry-after'] ?? NaN);
  return new ApiError(statusCode!, `${statusCode} ${messageOf(text)}`, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

/** The message of the server's Status object, or what it sent instead. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: string };
    if (typeof message === 'string') return message;
  } catch {
    // A proxy on the way answers in its own words.
  }
  return text.slice(0, 200);
}
