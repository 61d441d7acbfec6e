// Our own client and not @kubernetes/client-node: the suites are about what the server itself answers (status codes, rejections, Warning
// headers) to requests that are given word for word, over a socket that leads into another network namespace.
import http from 'node:http';
import https from 'node:https';

export interface ApiClientOptions {
  /** The socket that leads to the server. */
  socketPath: string;
  /** Absent where a proxy has already done the talking about certificates. */
  tls?: { ca: string; servername: string };
  token?: string;
}

export interface ApiResponse<T = unknown> {
  status: number;
  body: T;
  /** The texts of its Warning headers. */
  warnings: string[];
}

/** The server's own Status object when it refuses. */
export interface ApiStatus {
  kind: 'Status';
  reason?: string;
  message: string;
}

export class ApiRefusal extends Error {
  public constructor(
    request: string,
    public readonly response: ApiResponse<ApiStatus>,
  ) {
    super(`${request}: ${response.status} ${response.body.message ?? JSON.stringify(response.body)}`);
  }
}

export class ApiClient {
  private readonly agent: http.Agent;

  public constructor(private readonly options: ApiClientOptions) {
    const limits = { keepAlive: true, maxSockets: 16 };
    this.agent = options.tls ? new https.Agent({ ...limits, ...options.tls }) : new http.Agent(limits);
  }

  /** One request, and whatever the server answers to it. */
  public request<T>(method: string, path: string, content?: { type: string; body: string }): Promise<ApiResponse<T>> {
    const { socketPath, tls, token } = this.options;
    const headers: http.OutgoingHttpHeaders = { accept: 'application/json', host: tls?.servername ?? 'localhost' };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (content !== undefined) Object.assign(headers, { 'content-type': content.type, 'content-length': Buffer.byteLength(content.body) });
    return new Promise((resolve, reject) => {
      const request = (tls ? https : http).request({ agent: this.agent, socketPath, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = response.headers['content-type']?.startsWith('application/json');
          resolve({ status: response.statusCode!, body: (isJson ? JSON.parse(text) : text) as T, warnings: warningsOf(response) });
        });
      });
      request.on('error', reject);
      request.end(content?.body);
    });
  }

  /** As request, but a refusal is thrown. */
  public async demand<T>(method: string, path: string, content?: { type: string; body: string }): Promise<ApiResponse<T>> {
    const response = await this.request<T>(method, path, content);
    if (response.status >= 400) throw new ApiRefusal(`${method} ${path}`, response as ApiResponse<ApiStatus>);
    return response;
  }

  public async get<T>(path: string): Promise<T> {
    return (await this.demand<T>('GET', path)).body;
  }

  /** Changes some fields, as `kubectl patch --type=merge` does. */
  public async merge<T>(path: string, patch: unknown): Promise<T> {
    return (await this.demand<T>('PATCH', path, { type: 'application/merge-patch+json', body: JSON.stringify(patch) })).body;
  }

  public close(): void {
    this.agent.destroy();
  }
}

/** `299 - "the text"`; read one by one, because Node joins headers of one name with commas, which the texts have too. */
function warningsOf({ rawHeaders }: http.IncomingMessage): string[] {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === 'warning');
  return values.map((value) => value.replace(/^299 - "(.*)"$/s, '$1').replaceAll('\\"', '"'));
}
