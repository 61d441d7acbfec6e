import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from '../core/backoff';
import { labelsUnder } from '../core/placement-labels';
import type { Pod } from '../core/pod-directory';
import { ApiError } from './api-error';
import type { KubernetesApi } from './kubernetes-api';

export interface PodSourceOptions {
  readonly api: KubernetesApi;
  readonly namespace: string;
  /** Label selector; left out, all pods of the namespace. */
  readonly selector?: string;
  readonly labelPrefix: string;
  readonly listener: PodListener;
  readonly signal: AbortSignal;
}

export interface PodListener {
  /** All pods that there are. */
  onSnapshot(pods: readonly Pod[]): void;
  onPod(pod: Pod): void;
  onGone(pod: Pod): void;
  /** The server is away, or refuses. It is tried again after some time. */
  onFailure(error: Error, retryMillis: number): void;
}

/** What the server sends of an object when asked for its metadata. */
export interface ObjectMetadata {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: { readonly [key: string]: string };
  };
}

interface ObjectMetadataList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly ObjectMetadata[];
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ObjectMetadata & { readonly code?: number; readonly message?: string };
}

/** The server ends a watch after this time. A connection that died without a word is noticed by then. */
const WATCH_SECONDS = 60;
const GRACE_SECONDS = 10;
const LEAST_WATCH_MILLIS = 1_000;
const PAGE = 500;

/**
 * Follows the pods of a mesh for as long as the program runs: their names, uids and labels, and nothing else of them.
 *
 * The informer of @kubernetes/client-node stops at the first error, asks for whole objects, and has no limit for a connection that died.
 */
export async function followPods(options: PodSourceOptions): Promise<void> {
  const { listener, signal } = options;
  const backoff = new Backoff({ firstMillis: 200, mostMillis: 15_000, random: Math.random });
  while (!signal.aborted) {
    try {
      let version = await listInto(options);
      for (;;) {
        version = await watchFrom(options, version);
        backoff.reset();
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      const delay = backoff.next();
      listener.onFailure(error as Error, delay);
      await sleep(delay, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** All pods of a namespace with the labels under the prefix, and the version of the list. */
export async function listPods({
  api,
  namespace,
  selector,
  labelPrefix,
}: Omit<PodSourceOptions, 'listener' | 'signal'>): Promise<{ pods: Pod[]; version: string }> {
  const pods: Pod[] = [];
  for (let next: string | undefined; ;) {
    const query = { ...selection(selector), limit: String(PAGE), ...(next === undefined ? {} : { continue: next }) };
    const { items, metadata } = await api.request<ObjectMetadataList>({
      method: 'GET',
      path: pathOf(namespace, query),
      metadataOf: 'list',
    });
    pods.push(...items.map((item) => podOf(item, labelPrefix)));
    next = metadata.continue || undefined;
    if (next === undefined) return { pods, version: metadata.resourceVersion };
  }
}

export function podOf({ metadata }: ObjectMetadata, prefix: string): Pod {
  const { name, uid, resourceVersion, labels } = metadata;
  return { name, uid, resourceVersion, labels: labelsUnder(prefix, labels) };
}

async function listInto(options: PodSourceOptions): Promise<string> {
  const { pods, version } = await listPods(options);
  if (!options.signal.aborted) options.listener.onSnapshot(pods);
  return version;
}

/** Watches until the server ends the watch in good order, and returns from where to go on. */
async function watchFrom({ api, namespace, selector, labelPrefix, listener, signal }: PodSourceOptions, from: string): Promise<string> {
  let version = from;
  const query = {
    ...selection(selector),
    watch: '1',
    resourceVersion: from,
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(WATCH_SECONDS),
  };
  const begun = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout((WATCH_SECONDS + GRACE_SECONDS) * 1000)]);
  await api.stream({ method: 'GET', path: pathOf(namespace, query), metadataOf: 'object' }, limit, (line) => {
    const { type, object } = JSON.parse(line) as WatchEvent;
    // Usually 410: what the version stands for is no longer kept.
    if (type === 'ERROR') throw new ApiError(object.code ?? 500, `${object.code} ${object.message}`);
    version = object.metadata.resourceVersion;
    if (type === 'BOOKMARK') return;
    const pod = podOf(object, labelPrefix);
    if (type === 'DELETED') listener.onGone(pod);
    else listener.onPod(pod);
  });
  // Asked again at once, such a server would be asked all the time.
  if (performance.now() - begun < LEAST_WATCH_MILLIS && !signal.aborted) throw new Error('the API server ended the watch at once');
  return version;
}

function selection(selector: string | undefined): { labelSelector?: string } {
  return selector === undefined ? {} : { labelSelector: selector };
}

function pathOf(namespace: string, query: { [name: string]: string }): string {
  return `/api/v1/namespaces/${namespace}/pods?${new URLSearchParams(query)}`;
}
