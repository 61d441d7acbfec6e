import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { frame, lengthDelimited, textsOf, unframe } from './model-pod/messages';

/** What came back for a request, and what the pods said about it. */
export interface InferenceAnswer {
  /** Of HTTP. */
  status: number;
  /** Of gRPC; undefined where the answer has none. */
  grpcStatus?: number;
  message?: string;
  /** The model that ran. */
  ran?: string;
  /** The name of the model in the answer's body. */
  modelName?: string;
  /** The pod that the gateway chose. */
  entered?: string;
  /** The pod that ran the model. */
  servedBy?: string;
  /** The pod that passed the request on, which is an extra hop. */
  forwardedBy?: string;
  /** Whether the model was loaded for this request. */
  loaded: boolean;
  /** The headers that reached the pod, of those that mean something to ModelMesh. */
  saw: Record<string, string>;
  text: string;
}

export interface GrpcRequest {
  /** Header `model`; more than one stands as often. */
  header?: string | string[];
  /** Field model_name of the message; more than one stands as often. */
  body?: string | string[];
  method?: string;
  /** Bytes of tensors behind the name. @default 0 */
  padding?: number;
  /** @default the path of the method */
  path?: string;
  headers?: Record<string, string>;
}

export interface JsonRequest {
  header?: string | string[];
  path: string;
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

/** How a caller speaks TLS: whom it believes, and how it proves who it is. */
export interface CallerTls {
  /** Certificate of the authority of the gateway. */
  ca: string;
  cert?: string;
  key?: string;
  /** Name that it asks for. @default - the host of its requests */
  servername?: string;
  maxVersion?: tls.SecureVersion;
}

/** Sends requests to the gateway from outside of the servers' network. */
export class InferenceClient {
  private session?: http2.ClientHttp2Session;

  public constructor(
    public readonly socketPath: string,
    private readonly authority = 'gateway.example.com',
    private readonly tls?: CallerTls,
  ) {}

  /** The usual request: header and message name the same model. */
  public infer(model: string): Promise<InferenceAnswer> {
    return this.grpc({ header: model, body: model });
  }

  /** One after another. */
  public async inferTimes(model: string, times: number): Promise<InferenceAnswer[]> {
    const answers: InferenceAnswer[] = [];
    for (let time = 0; time < times; time += 1) answers.push(await this.infer(model));
    return answers;
  }

  /** Native gRPC, on a connection that is kept. */
  public grpc({ header, body, method = 'ModelInfer', padding = 0, path, headers: others }: GrpcRequest): Promise<InferenceAnswer> {
    const headers: http2.OutgoingHttpHeaders = {
      ':method': 'POST',
      ':path': path ?? `/inference.GRPCInferenceService/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...(header === undefined ? {} : { model: header }),
      ...others,
    };
    // Field 7 is raw_input_contents.
    const tensors = padding === 0 ? [] : [lengthDelimited(7, Buffer.alloc(padding))];
    const message = Buffer.concat([...listOf(body).map((name) => lengthDelimited(1, name)), ...tensors]);
    return new Promise((resolve, reject) => {
      const stream = this.connected().request(headers);
      const chunks: Buffer[] = [];
      let answered: http2.IncomingHttpHeaders = {};
      stream.on('response', (received) => (answered = received));
      stream.on('trailers', (received: http2.IncomingHttpHeaders) => (answered = { ...answered, ...received }));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', reject);
      stream.once('close', () => {
        if (answered[':status'] === undefined) return reject(new Error('the connection ended without an answer'));
        const bytes = Buffer.concat(chunks);
        const isMessage = answered['grpc-status'] === '0' && bytes.length > 0;
        const modelName = isMessage ? textsOf(unframe(bytes), 1)[0] : undefined;
        resolve(answerFrom(Number(answered[':status']), answered, bytes.toString('utf8'), modelName));
      });
      stream.end(frame(message));
    });
  }

  /** HTTP/1.1 as it stands: neither the path nor the headers are put in order on the way. */
  public json({ header, path, body, method = 'POST', headers: others }: JsonRequest): Promise<InferenceAnswer> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers: http.OutgoingHttpHeaders = {
      host: this.authority,
      ...(content === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
      ...(header === undefined ? {} : { model: header }),
      ...others,
    };
    return new Promise((resolve, reject) => {
      const options = { socketPath: this.socketPath, method, path, headers, agent: false } as const;
      const secure = this.tls && { servername: this.authority, ...this.tls, ...options };
      const request = (secure === undefined ? http.request(options) : https.request(secure)).once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve(answerFrom(response.statusCode!, response.headers, text, modelNameIn(text)));
        });
      });
      request.once('error', reject);
      request.end(content);
    });
  }

  public close(): void {
    this.session?.destroy();
  }

  private connected(): http2.ClientHttp2Session {
    if (this.session !== undefined && !this.session.closed && !this.session.destroyed) return this.session;
    const { socketPath, authority, tls: secure } = this;
    this.session =
      secure === undefined
        ? http2.connect(`http://${authority}`, { createConnection: () => net.connect(socketPath) })
        : http2.connect(`https://${authority}`, {
            createConnection: () => tls.connect({ servername: authority, ...secure, path: socketPath, ALPNProtocols: ['h2'] }),
          });
    // Its requests fail with it, and they are the ones that tell.
    this.session.on('error', () => undefined);
    return this.session;
  }
}

function answerFrom(status: number, headers: http.IncomingHttpHeaders, text: string, modelName?: string): InferenceAnswer {
  const header = (name: string) => headers[name] as string | undefined;
  const [grpcStatus, message] = [header('grpc-status'), header('grpc-message')];
  return {
    status,
    grpcStatus: grpcStatus === undefined ? undefined : Number(grpcStatus),
    message: message === undefined ? undefined : decodeURIComponent(message),
    ran: header('x-ran'),
    modelName,
    entered: header('x-entered'),
    servedBy: header('x-served-by'),
    forwardedBy: header('x-forwarded-by'),
    loaded: header('x-loaded') === 'true',
    saw: JSON.parse(header('x-saw') ?? '{}') as Record<string, string>,
    text,
  };
}

function modelNameIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { modelName?: string }).modelName;
  } catch {
    return undefined;
  }
}

function listOf(names: string | string[] | undefined): string[] {
  return names === undefined ? [] : [names].flat();
}
