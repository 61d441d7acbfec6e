import { type ChannelCredentials, Client, type ClientDuplexStream, credentials, Metadata } from '@grpc/grpc-js';
import type { EtcdConnection } from './connection';
import * as messages from './etcd-messages';

const CALL_MILLIS = 10_000;
// Below what a large mesh needs, and far above what an etcd sends: it takes no request over 1.5 MB.
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const PAGE = 1_000;

/** A watch that is under way. */
export interface EtcdWatch {
  /** Asks etcd to show that it is there: it answers with a response without events. */
  askForProgress(): void;
  close(): void;
}

export interface WatchListener {
  onResponse(response: messages.WatchResponse): void;
  /** Once, and nothing after it; not after `close`. */
  onEnd(error: Error): void;
}

/** One server of etcd, as somebody who reads. */
export class EtcdClient {
  private readonly client: Client;
  private readonly metadata = new Metadata();

  public constructor(
    endpoint: string,
    private readonly connection: EtcdConnection,
  ) {
    const { serverName } = connection;
    this.client = new Client(endpoint, credentialsOf(connection), {
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      // Etcd is in the cluster.
      'grpc.enable_http_proxy': 0,
      // Whoever uses this decides when to try again.
      'grpc.enable_retries': 0,
      ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }),
    });
    // A server that has lost the others ends the watch, where it would fall silent otherwise.
    this.metadata.set('hasleader', 'true');
  }

  /** Logs in where the connection names a user. The token lasts for minutes: as long as it takes to read and to begin the watch. */
  public async authenticate(): Promise<void> {
    const { user } = this.connection;
    if (user === undefined) return;
    const { AUTHENTICATE_REQUEST, AUTHENTICATE_RESPONSE } = messages;
    this.metadata.set('token', await this.call('/etcdserverpb.Auth/Authenticate', AUTHENTICATE_REQUEST, AUTHENTICATE_RESPONSE, user));
  }

  /** All keys with a prefix, as of one revision; in pages, so that no answer is too large. */
  public async readAll(prefix: string): Promise<{ keyValues: messages.KeyValue[]; revision: number }> {
    const end = prefixEnd(prefix);
    const keyValues: messages.KeyValue[] = [];
    let key = Buffer.from(prefix);
    let revision = 0;
    for (;;) {
      const request = { key, range_end: end, limit: PAGE, revision };
      const answer = await this.call('/etcdserverpb.KV/Range', messages.RANGE_REQUEST, messages.RANGE_RESPONSE, request);
      keyValues.push(...answer.keyValues);
      if (revision === 0) revision = answer.revision;
      if (!answer.hasMore) return { keyValues, revision };
      // The first key after the last one.
      key = Buffer.concat([answer.keyValues.at(-1)!.key, Buffer.of(0)]);
    }
  }

  /** Follows all keys with a prefix from a revision on. */
  public watch(prefix: string, fromRevision: number, { onResponse, onEnd }: WatchListener): EtcdWatch {
    const { WATCH_REQUEST, WATCH_RESPONSE } = messages;
    const stream: ClientDuplexStream<object, messages.WatchResponse> = this.client.makeBidiStreamRequest(
      '/etcdserverpb.Watch/Watch',
      WATCH_REQUEST.encode,
      WATCH_RESPONSE.decode,
      this.metadata,
    );
    let isOver = false;
    const end = (error: Error): void => {
      if (isOver) return;
      isOver = true;
      stream.cancel();
      onEnd(error);
    };
    stream.on('data', (response: messages.WatchResponse) => {
      if (isOver) return;
      if (response.cancelReason !== undefined) return end(new Error(`etcd ended the watch: ${response.cancelReason}`));
      onResponse(response);
    });
    stream.on('error', end);
    stream.on('end', () => end(new Error('etcd ended the watch')));
    stream.write({
      create_request: { key: Buffer.from(prefix), range_end: prefixEnd(prefix), start_revision: fromRevision, fragment: true },
    });
    return {
      askForProgress: () => void (isOver || stream.write({ progress_request: {} })),
      close: () => {
        isOver = true;
        stream.cancel();
      },
    };
  }

  public close(): void {
    this.client.close();
  }

  private call<T>(path: string, request: messages.MessageType<unknown>, response: messages.MessageType<T>, value: object): Promise<T> {
    const deadline = Date.now() + CALL_MILLIS;
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(path, request.encode, response.decode, value, this.metadata, { deadline }, (error, answer) =>
        error === null && answer !== undefined ? resolve(answer) : reject(error ?? new Error(`${path}: no answer`)),
      );
    });
  }
}

function credentialsOf({ isTls, certificateAuthority, clientCertificate }: EtcdConnection): ChannelCredentials {
  if (!isTls) return credentials.createInsecure();
  const buffer = (text: string | undefined): Buffer | null => (text === undefined ? null : Buffer.from(text));
  return credentials.createSsl(buffer(certificateAuthority), buffer(clientCertificate?.key), buffer(clientCertificate?.certificate));
}

/** The first key after all that begin with the prefix. Prefixes end with a slash, so the last byte has a successor. */
function prefixEnd(prefix: string): Buffer {
  const end = Buffer.from(prefix);
  end[end.length - 1]! += 1;
  return end;
}
