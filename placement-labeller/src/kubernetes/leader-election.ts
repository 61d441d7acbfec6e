import type { V1Lease } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFreeFor, type LeaseRecord, observe, type ObservedLease } from '../core/lease-record';
import { ApiError } from './api-error';
import type { KubernetesApi } from './kubernetes-api';

export interface LeaderElectionOptions {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  /** How long after its last renewal a Lease is free for others. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  onChange(isLeader: boolean): void;
  onFailure(error: Error): void;
}

/** Parts of the Lease's duration, as in client-go: 15 s, 10 s, 2 s. */
const RENEW_WITHIN = 2 / 3;
const TRY_EVERY = 2 / 15;

/**
 * One of several replicas leads: the one that holds the Lease. Should the old leader still have a patch on its way when the next one begins, nothing
 * is lost, since both write what etcd says.
 */
export class LeaderElection {
  private observed?: ObservedLease;
  private heldUntil = -Infinity;
  private wasLeader = false;

  public constructor(private readonly options: LeaderElectionOptions) {}

  /** Asked before each patch, by the clock: a process that was stopped for a while has lost the Lease without a word. */
  public get isLeader(): boolean {
    return performance.now() < this.heldUntil;
  }

  /** Takes the Lease whenever it is free and renews it, until the signal; gives it up then. */
  public async run(): Promise<void> {
    const { seconds, signal, onFailure } = this.options;
    while (!signal.aborted) {
      try {
        await this.tryOnce();
      } catch (error) {
        // Another replica was faster.
        if (!(error instanceof ApiError && error.status === 409)) onFailure(error as Error);
      }
      this.tell();
      // Not all replicas at once.
      const wait = seconds * 1000 * TRY_EVERY * (1 + 0.2 * Math.random());
      // Also told when the Lease runs out in between.
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      this.tell();
    }
    await this.giveUp();
  }

  private async tryOnce(): Promise<void> {
    const { identity, seconds } = this.options;
    // Before the request: the server may have written the Lease long before its answer arrives.
    const begun = performance.now();
    const lease = await this.read();
    if (lease !== undefined) {
      this.observed = observe(this.observed, recordOf(lease), begun);
      if (!isFreeFor(identity, this.observed, begun)) {
        this.heldUntil = -Infinity;
        return;
      }
    }
    await this.write(lease, identity, seconds);
    this.heldUntil = begun + seconds * 1000 * RENEW_WITHIN;
  }

  /** So that the next replica need not wait. */
  private async giveUp(): Promise<void> {
    if (this.wasLeader || this.isLeader) {
      try {
        const lease = await this.read();
        if (lease?.spec?.holderIdentity === this.options.identity) await this.write(lease, '', 1);
      } catch (error) {
        this.options.onFailure(error as Error);
      }
    }
    this.heldUntil = -Infinity;
    this.tell();
  }

  private tell(): void {
    const { isLeader } = this;
    if (isLeader === this.wasLeader) return;
    this.wasLeader = isLeader;
    this.options.onChange(isLeader);
  }

  private async read(): Promise<V1Lease | undefined> {
    try {
      return await this.options.api.request<V1Lease>({
        method: 'GET',
        path: `${this.collection}/${this.options.name}`,
        timeoutMillis: this.timeoutMillis,
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  private async write(lease: V1Lease | undefined, holder: string, seconds: number): Promise<void> {
    const { api, namespace, name } = this.options;
    const now = new Date().toISOString().replace('Z', '000Z');
    const isTransition = lease?.spec?.holderIdentity !== holder;
    const body = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: lease?.metadata ?? { name, namespace },
      spec: {
        holderIdentity: holder,
        leaseDurationSeconds: seconds,
        renewTime: now,
        acquireTime: isTransition ? now : lease?.spec?.acquireTime,
        leaseTransitions: (lease?.spec?.leaseTransitions ?? 0) + (isTransition && lease !== undefined && holder !== '' ? 1 : 0),
      },
    };
    const { timeoutMillis } = this;
    // The resource version in the metadata makes the server refuse with 409 when somebody else wrote in between.
    if (lease === undefined) await api.request({ method: 'POST', path: this.collection, body, timeoutMillis });
    else await api.request({ method: 'PUT', path: `${this.collection}/${name}`, body, timeoutMillis });
  }

  private get collection(): string {
    return `/apis/coordination.k8s.io/v1/namespaces/${this.options.namespace}/leases`;
  }

  private get timeoutMillis(): number {
    return (this.options.seconds * 1000) / 3;
  }
}

function recordOf({ metadata, spec }: V1Lease): LeaseRecord {
  return {
    holder: spec?.holderIdentity ?? '',
    durationSeconds: spec?.leaseDurationSeconds ?? 0,
    resourceVersion: metadata?.resourceVersion ?? '',
  };
}
