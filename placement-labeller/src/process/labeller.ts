import type { Logger } from 'pino';
import { Backoff } from '../core/backoff';
import { Freshness } from '../core/freshness';
import { Placement } from '../core/placement';
import type { LabelPatch } from '../core/placement-labels';
import { instanceIdOf, type Pod, PodDirectory } from '../core/pod-directory';
import { type DuePod, PatchQueue } from '../core/patch-queue';
import type { RegistryRecord } from '../core/registry-record';
import { type RegistryChange, RegistryState } from '../core/registry-state';
import type { RegistryListener } from '../etcd/registry-source';
import { ApiError } from '../kubernetes/api-error';
import type { PodListener } from '../kubernetes/pod-source';
import { Metrics } from './metrics';

export interface LabellerOptions {
  readonly labelPrefix: string;
  readonly staleAfterSeconds: number;
  readonly batchWindowMillis: number;
  readonly patchesPerSecond: number;
  readonly log: Logger;
  /** Writes a patch, and returns the pod after it. */
  patch(pod: Pod, patch: LabelPatch): Promise<Pod>;
  /** Whether this replica may write, at this moment. */
  isLeader(): boolean;
}

/** Patches that may be on their way at the same time. */
const MOST_UNDER_WAY = 16;

/** Hears what changes in etcd and among the pods, and patches the pods that have to change. */
export class Labeller {
  public readonly metrics: Metrics;
  private readonly registry = new RegistryState();
  private readonly pods = new PodDirectory();
  private readonly placement: Placement;
  private readonly freshness: Freshness;
  private readonly queue: PatchQueue;
  private readonly backoff = new Backoff({ firstMillis: 100, mostMillis: 15_000, random: Math.random });
  private readonly underWay = new Set<Promise<void>>();
  private readonly unreadable = new Set<string>();
  private readonly clock: NodeJS.Timeout;
  private timer?: { readonly timeout: NodeJS.Timeout; readonly at: number };
  private hasRegistry = false;
  private hasPods = false;
  private isStopping = false;

  public constructor(private readonly options: LabellerOptions) {
    const { labelPrefix, staleAfterSeconds, batchWindowMillis, patchesPerSecond } = options;
    this.placement = new Placement(this.registry, this.pods, labelPrefix);
    this.freshness = new Freshness(staleAfterSeconds * 1000, now());
    this.queue = new PatchQueue({ windowMillis: batchWindowMillis, perSecond: patchesPerSecond });
    this.metrics = new Metrics({
      age: () => this.freshness.age(now()),
      isStale: () => this.placement.isStale,
      queued: () => this.queue.size,
      sizes: () => ({ ...this.registry.size, pods: this.pods.size }),
    });
    this.clock = setInterval(() => this.look(), 1_000);
  }

  /** What has not been read yet since the start. */
  public get missing(): string[] {
    return [...(this.hasRegistry ? [] : ['etcd']), ...(this.hasPods ? [] : ['the pods'])];
  }

  public readonly registryListener: RegistryListener = {
    onSnapshot: (records, from) => this.takeRegistry(records, from),
    onChanges: (changes) => this.applyChanges(changes),
    onProof: () => this.freshness.prove(now()),
    onUnreadable: (key) => {
      this.metrics.errors.inc({ source: 'record' });
      if (!this.unreadable.has(key)) this.options.log.warn({ key }, 'a record of the registry cannot be read: it counts as absent');
      this.unreadable.add(key);
    },
    onFailure: (error, retryMillis) => {
      this.metrics.errors.inc({ source: 'etcd' });
      this.metrics.watchRestarts.inc({ source: 'etcd' });
      this.options.log.warn({ reason: error.message, retryMillis: Math.round(retryMillis) }, 'etcd is away');
    },
  };

  public readonly podListener: PodListener = {
    onSnapshot: (pods) => {
      const changed = this.pods.replace(pods);
      this.options.log.info({ pods: pods.length }, 'all pods read');
      this.hasPods = true;
      this.markPods(changed);
    },
    onPod: (pod) => {
      if (this.pods.set(pod)) this.markPods([pod.name]);
    },
    onGone: ({ name, uid }) => {
      if (this.pods.remove(name, uid)) this.markPods([name]);
    },
    onFailure: (error, retryMillis) => {
      this.metrics.errors.inc({ source: 'pods' });
      this.metrics.watchRestarts.inc({ source: 'pods' });
      this.options.log.warn({ reason: error.message, retryMillis: Math.round(retryMillis) }, 'the pods cannot be watched');
    },
  };

  /** A leader takes nothing over from the one before it: every pod is compared. */
  public onLeader(isLeader: boolean): void {
    this.metrics.isLeader.set(Number(isLeader));
    this.options.log.info(isLeader ? 'this replica labels' : 'another replica labels');
    this.queue.clear();
    if (isLeader) this.markAll();
  }

  /** Begins no further patch, and waits for those that are on their way. */
  public async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.clock);
    clearTimeout(this.timer?.timeout);
    await Promise.all(this.underWay);
  }

  private takeRegistry(records: readonly RegistryRecord[], from: string): void {
    const instances = this.registry.replace(records);
    this.options.log.info({ from, ...this.registry.size }, 'the registry is read');
    if (this.registry.size.instances === 0)
      this.options.log.warn({ from }, 'ModelMesh has no instance there: is the name of its Service right?');
    this.unreadable.clear();
    const isFirst = !this.hasRegistry;
    this.hasRegistry = true;
    this.freshness.prove(now());
    this.look();
    if (isFirst) this.markAll();
    else this.markInstances(instances);
  }

  private applyChanges(changes: readonly RegistryChange[]): void {
    for (const change of changes) this.markInstances(this.registry.apply(change));
  }

  /** Compares the age of what is known with what is allowed. */
  private look(): void {
    const isStale = this.freshness.isStale(now());
    if (isStale !== this.placement.isStale) {
      this.placement.isStale = isStale;
      const silentSeconds = Math.round(this.freshness.age(now()) / 1000);
      if (isStale) this.options.log.error({ silentSeconds }, 'etcd has been silent for too long: all labels are taken away');
      else this.options.log.info('etcd is back: the labels are set again');
      this.markAll();
    }
    this.schedule();
  }

  private markInstances(instanceIds: Iterable<string>): void {
    for (const instanceId of instanceIds) for (const name of this.pods.namesOfInstance(instanceId)) this.mark(name);
    this.schedule();
  }

  private markPods(names: readonly string[]): void {
    // With a pod that comes or goes, another whose name ends alike changes too.
    for (const name of names) for (const alike of this.pods.namesOfInstance(instanceIdOf(name))) this.mark(alike);
    this.schedule();
  }

  private markAll(): void {
    for (const name of this.pods.names) this.mark(name);
    this.schedule();
  }

  /** Also while nothing may be written: a Lease may be lost for a moment and held again before anybody noticed. */
  private mark(name: string): void {
    this.queue.mark(name, now());
  }

  /** Before both sides are known, every label would look wrong. */
  private get mayWrite(): boolean {
    return !this.isStopping && this.options.isLeader() && this.hasPods && (this.hasRegistry || this.placement.isStale);
  }

  private schedule(): void {
    if (this.isStopping || this.underWay.size >= MOST_UNDER_WAY) return;
    const wait = this.queue.millisUntilNext(now());
    if (wait === undefined) return;
    const at = now() + wait;
    if (this.timer !== undefined && this.timer.at <= at) return;
    clearTimeout(this.timer?.timeout);
    const timeout = setTimeout(() => {
      this.timer = undefined;
      this.begin();
    }, Math.ceil(wait));
    this.timer = { timeout, at };
  }

  private begin(): void {
    if (!this.mayWrite) return;
    const isNeeded = (name: string): boolean => this.placement.patchFor(name) !== undefined;
    for (const due of this.queue.take(now(), MOST_UNDER_WAY - this.underWay.size, isNeeded)) {
      const patching = this.patch(due).finally(() => {
        this.underWay.delete(patching);
        this.schedule();
      });
      this.underWay.add(patching);
    }
    this.schedule();
  }

  private async patch(due: DuePod): Promise<void> {
    const { metrics, options } = this;
    const pod = this.pods.get(due.name);
    const patch = this.placement.patchFor(due.name);
    if (pod === undefined || patch === undefined) return this.queue.finish(due.name);
    try {
      const after = await options.patch(pod, patch);
      this.pods.set(after);
      this.queue.finish(due.name);
      this.backoff.reset();
      const removed = Object.values(patch).filter((value) => value === null).length;
      const set = Object.keys(patch).length - removed;
      metrics.patches.inc({ result: 'ok' });
      metrics.labels.inc({ change: 'set' }, set);
      metrics.labels.inc({ change: 'removed' }, removed);
      metrics.lag.observe((now() - due.since) / 1000);
      options.log.debug({ pod: pod.name, set, removed, millis: Math.round(now() - due.since) }, 'labelled');
      // Where another writer has changed them in the meantime.
      if (this.placement.patchFor(due.name) !== undefined) this.mark(due.name);
    } catch (error) {
      this.failed(due, error as Error);
    }
  }

  private failed(due: DuePod, error: Error): void {
    const status = error instanceof ApiError ? error.status : undefined;
    const result = resultOf(status);
    this.metrics.patches.inc({ result });
    // The watch tells of it, too.
    if (result === 'gone') return this.queue.finish(due.name);
    this.metrics.errors.inc({ source: 'patch' });
    const asked = error instanceof ApiError ? (error.retryAfterMillis ?? 0) : 0;
    const delay = Math.max(asked, this.backoff.next());
    this.queue.retry(due, now(), delay);
    // What is wrong with the server is wrong for all pods.
    if (result === 'throttled' || result === 'unreachable') this.queue.pauseUntil(now() + delay);
    this.options.log.warn({ pod: due.name, result, reason: error.message, retryMillis: Math.round(delay) }, 'a pod could not be labelled');
  }
}

function resultOf(status: number | undefined): 'gone' | 'conflict' | 'throttled' | 'unreachable' | 'refused' {
  if (status === undefined || (status >= 500 && status !== 503 && status !== 504)) return 'unreachable';
  if (status === 404) return 'gone';
  if (status === 409) return 'conflict';
  return status === 429 || status === 503 || status === 504 ? 'throttled' : 'refused';
}

function now(): number {
  return performance.now();
}
