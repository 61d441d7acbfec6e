import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The Prometheus metrics of the program. README.md lists them for those who make alerts of them. */
export class Metrics {
  public readonly registry = new Registry();

  public readonly labels = new Counter({
    name: 'placement_labeller_labels_total',
    help: 'Labels written to pods',
    labelNames: ['change'] as const, // set, removed
    registers: [this.registry],
  });
  public readonly patches = new Counter({
    name: 'placement_labeller_patches_total',
    help: 'Patches of pods, by the answer of the API server',
    labelNames: ['result'] as const, // ok, gone, conflict, throttled, refused, unreachable
    registers: [this.registry],
  });
  public readonly lag = new Histogram({
    name: 'placement_labeller_label_lag_seconds',
    help: 'From the arrival of a change to the answer of the API server to the patch of the pod',
    buckets: [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  public readonly errors = new Counter({
    name: 'placement_labeller_errors_total',
    help: 'Failures, by what failed',
    labelNames: ['source'] as const, // etcd, pods, patch, lease, record
    registers: [this.registry],
  });
  public readonly watchRestarts = new Counter({
    name: 'placement_labeller_watch_restarts_total',
    help: 'How often everything was read anew because a watch had ended',
    labelNames: ['source'] as const, // etcd, pods
    registers: [this.registry],
  });
  public readonly isLeader = new Gauge({
    name: 'placement_labeller_leader',
    help: '1 in the replica that labels',
    registers: [this.registry],
  });

  public constructor(read: { age(): number; isStale(): boolean; queued(): number; sizes(): { readonly [of: string]: number } }) {
    for (const source of ['etcd', 'pods', 'patch', 'lease', 'record']) this.errors.inc({ source }, 0);
    for (const source of ['etcd', 'pods']) this.watchRestarts.inc({ source }, 0);
    for (const change of ['set', 'removed']) this.labels.inc({ change }, 0);
    this.addGauge('placement_labeller_etcd_silence_seconds', 'For how long etcd has not shown that it is there', () => read.age() / 1000);
    this.addGauge('placement_labeller_stale', '1 while labels are taken away because etcd has been silent for too long', () =>
      Number(read.isStale()),
    );
    this.addGauge('placement_labeller_queued_pods', 'Pods that wait for a patch or for its answer', () => read.queued());
    const objects: Gauge<'of'> = new Gauge({
      name: 'placement_labeller_objects',
      help: 'What is known of the mesh',
      labelNames: ['of'] as const, // models, aliases, instances, pods
      registers: [this.registry],
      collect: () => Object.entries(read.sizes()).forEach(([of, size]) => objects.set({ of }, size)),
    });
    collectDefaultMetrics({ register: this.registry });
  }

  private addGauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }
}
