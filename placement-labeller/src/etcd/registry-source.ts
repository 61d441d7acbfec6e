import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from '../core/backoff';
import { parseRecord, registryKey, registryPrefix, type RegistryRecord } from '../core/registry-record';
import type { RegistryChange } from '../core/registry-state';
import { type EtcdConnection, parseConnection } from './connection';
import { EtcdClient } from './etcd-client';
import type { KeyValue, WatchEvent, WatchResponse } from './etcd-messages';

export interface RegistrySourceOptions {
  /** The file with the connection. It is read for every connection: credentials change. */
  readonly connectionFile: string;
  /** Name of ModelMesh's Service. */
  readonly service: string;
  readonly listener: RegistryListener;
  readonly signal: AbortSignal;
}

export interface RegistryListener {
  /** Everything that there is. */
  onSnapshot(records: readonly RegistryRecord[], from: string): void;
  onChanges(changes: readonly RegistryChange[]): void;
  /** What was handed over is all that there is, as of now. */
  onProof(): void;
  /** A record that cannot be read, and counts as absent. */
  onUnreadable(key: string): void;
  /** The connection is lost, or was never there. It is tried again after some time. */
  onFailure(error: Error, retryMillis: number): void;
}

/** How often etcd is asked whether it is still there, and how long it may take. */
const PROGRESS_MILLIS = 5_000;
const SILENCE_MILLIS = 15_000;

/**
 * Follows the registry of a mesh for as long as the program runs.
 *
 * Each time a watch ends, for whatever reason, everything is read anew. That costs one read of the registry, and makes a compaction, an etcd that was
 * restored from a backup and a plain lost connection the same case.
 */
export async function followRegistry(options: RegistrySourceOptions): Promise<void> {
  const { connectionFile, listener, signal } = options;
  const backoff = new Backoff({ firstMillis: 200, mostMillis: 15_000, random: Math.random });
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const error = await followOnce(options, attempt, () => backoff.reset()).catch((failure: Error) => failure);
    if (signal.aborted) return;
    const delay = backoff.next();
    listener.onFailure(withoutPath(error, connectionFile), delay);
    await sleep(delay, undefined, { signal }).catch(() => undefined);
  }
}

/** Connects, reads and watches. Returns why that ended. */
async function followOnce(
  { connectionFile, service, listener, signal }: RegistrySourceOptions,
  attempt: number,
  onStable: () => void,
): Promise<Error> {
  const text = await readFile(connectionFile, 'utf8');
  const connection = parseConnection(text);
  const endpoint = connection.endpoints[attempt % connection.endpoints.length]!;
  const client = new EtcdClient(endpoint, connection);
  try {
    await client.authenticate();
    const prefix = registryPrefix(connection.rootPrefix, service);
    const { keyValues, revision } = await client.readAll(prefix);
    if (signal.aborted) return new Error('stopped');
    listener.onSnapshot(recordsOf(keyValues, prefix, listener), describe(connection, endpoint, prefix));
    listener.onProof();
    return await new Promise<Error>((resolve) => {
      const begun = performance.now();
      let heardAt = begun;
      let isCreated = false;
      const onResponse = (response: WatchResponse): void => {
        heardAt = performance.now();
        isCreated ||= response.isCreated;
        if (response.events.length > 0) listener.onChanges(changesOf(response.events, prefix, listener));
        listener.onProof();
        // One that breaks at once is tried less and less often.
        if (heardAt - begun > SILENCE_MILLIS) onStable();
      };
      const watch = client.watch(prefix, revision + 1, { onResponse, onEnd: (error) => finish(error) });
      const timer = setInterval(() => {
        if (performance.now() - heardAt > SILENCE_MILLIS) return finish(new Error(`etcd has not answered for ${SILENCE_MILLIS / 1000} s`));
        // Before the watch is there, etcd would answer to no watch.
        if (isCreated) watch.askForProgress();
        readFile(connectionFile, 'utf8').then(
          (now) => now === text || finish(new Error('the connection has changed')),
          () => undefined,
        );
      }, PROGRESS_MILLIS);
      const stop = (): void => finish(new Error('stopped'));
      const finish = (error: Error): void => {
        clearInterval(timer);
        signal.removeEventListener('abort', stop);
        watch.close();
        resolve(error);
      };
      signal.addEventListener('abort', stop, { once: true });
    });
  } finally {
    client.close();
  }
}

function recordsOf(keyValues: readonly KeyValue[], prefix: string, listener: RegistryListener): RegistryRecord[] {
  return keyValues.flatMap((keyValue) => {
    const key = registryKey(pathOf(keyValue, prefix));
    if (key === undefined) return [];
    const record = parseRecord(key, keyValue.value.toString('utf8'));
    if (record === undefined) listener.onUnreadable(keyValue.key.toString('utf8'));
    return record ?? [];
  });
}

function changesOf(events: readonly WatchEvent[], prefix: string, listener: RegistryListener): RegistryChange[] {
  return events.flatMap((event): RegistryChange[] => {
    const key = registryKey(pathOf(event, prefix));
    if (key === undefined) return [];
    const [record] = event.isDeletion ? [] : recordsOf([event], prefix, listener);
    return [record ?? { kind: 'gone', key }];
  });
}

function pathOf({ key }: KeyValue, prefix: string): string {
  return key.toString('utf8').slice(prefix.length);
}

function describe({ isTls, user }: EtcdConnection, endpoint: string, prefix: string): string {
  return `${endpoint}${prefix.startsWith('/') ? '' : '/'}${prefix} (${isTls ? 'TLS' : 'plain text'}, ${user === undefined ? 'no user' : 'as a user'})`;
}

/** The file may not be there yet: ModelMesh's controller writes the Secret with the first runtime. */
function withoutPath(error: Error, file: string): Error {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? new Error(`there is no file ${file}: mount the Secret model-serving-etcd`)
    : error;
}
