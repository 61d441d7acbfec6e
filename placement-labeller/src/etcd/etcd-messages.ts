import { parse, type Type } from 'protobufjs';

/**
 * What of etcd's API is used here: to read a range of keys, to watch it, and to log in. Nothing that writes.
 *
 * Source: `api/etcdserverpb/rpc.proto` and `api/mvccpb/kv.proto` of etcd-io/etcd, version 3.4 and later.
 */
const API = `
syntax = "proto3";
message ResponseHeader { int64 revision = 3; }
message KeyValue { bytes key = 1; bytes value = 5; }
message RangeRequest { bytes key = 1; bytes range_end = 2; int64 limit = 3; int64 revision = 4; }
message RangeResponse { ResponseHeader header = 1; repeated KeyValue kvs = 2; bool more = 3; }
message WatchCreateRequest { bytes key = 1; bytes range_end = 2; int64 start_revision = 3; bool fragment = 8; }
message WatchProgressRequest {}
message WatchRequest { oneof request { WatchCreateRequest create_request = 1; WatchProgressRequest progress_request = 3; } }
message Event { enum EventType { PUT = 0; DELETE = 1; } EventType type = 1; KeyValue kv = 2; }
message WatchResponse {
  ResponseHeader header = 1;
  bool created = 3;
  bool canceled = 4;
  int64 compact_revision = 5;
  string cancel_reason = 6;
  repeated Event events = 11;
}
message AuthenticateRequest { string name = 1; string password = 2; }
message AuthenticateResponse { string token = 2; }
`;

const { root } = parse(API, { keepCase: true });

export interface KeyValue {
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface RangeResponse {
  readonly revision: number;
  readonly keyValues: readonly KeyValue[];
  readonly hasMore: boolean;
}

export interface WatchEvent extends KeyValue {
  readonly isDeletion: boolean;
}

export interface WatchResponse {
  readonly isCreated: boolean;
  /** Why the watch was ended; undefined while it goes on. */
  readonly cancelReason?: string;
  readonly events: readonly WatchEvent[];
}

/** A message as the wire has it. */
export class MessageType<T> {
  private readonly type: Type;

  public constructor(
    name: string,
    private readonly read: (fields: { [name: string]: any }) => T, // eslint-disable-line @typescript-eslint/no-explicit-any -- what a message holds
  ) {
    this.type = root.lookupType(name);
  }

  public readonly encode = (value: object): Buffer => Buffer.from(this.type.encode(this.type.fromObject(value)).finish());

  public readonly decode = (bytes: Buffer): T => this.read(this.type.decode(bytes));
}

const nothing = (): undefined => undefined;
const keyValue = ({ key, value }: KeyValue): KeyValue => ({ key: Buffer.from(key), value: Buffer.from(value) });

export const RANGE_REQUEST = new MessageType('RangeRequest', nothing);
export const RANGE_RESPONSE = new MessageType('RangeResponse', ({ header, kvs, more }): RangeResponse => ({
  revision: Number(String(header?.revision ?? 0)),
  keyValues: kvs.map(keyValue),
  hasMore: more,
}));
export const WATCH_REQUEST = new MessageType('WatchRequest', nothing);
export const WATCH_RESPONSE = new MessageType('WatchResponse', (fields): WatchResponse => {
  const compacted = Number(String(fields['compact_revision']));
  const reason = compacted > 0 ? `compacted up to revision ${compacted}` : fields['cancel_reason'] || 'no reason given';
  return {
    isCreated: fields['created'],
    cancelReason: fields['canceled'] ? reason : undefined,
    events: fields['events'].map(({ type, kv }: { type: number; kv: KeyValue }) => ({ ...keyValue(kv), isDeletion: type === 1 })),
  };
});
export const AUTHENTICATE_REQUEST = new MessageType('AuthenticateRequest', nothing);
export const AUTHENTICATE_RESPONSE = new MessageType('AuthenticateResponse', ({ token }): string => token);
