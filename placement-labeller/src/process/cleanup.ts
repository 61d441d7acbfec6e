import type { Logger } from 'pino';
import { type LabelPatch, labelPatch } from '../core/placement-labels';
import type { Pod } from '../core/pod-directory';
import { ApiError } from '../kubernetes/api-error';
import { KubernetesApi } from '../kubernetes/kubernetes-api';
import { labelPod } from '../kubernetes/label-pod';
import { LeaderElection } from '../kubernetes/leader-election';
import { listPods } from '../kubernetes/pod-source';
import type { Options } from './options';

const TRIES = 5;

/**
 * Takes all labels under the prefix from all pods of the namespace, also from those that no selector names any more.
 *
 * It holds the Lease meanwhile: a labeller that still runs would put the labels back.
 *
 * @throws Error when the Lease is not free in time, or the API server refuses
 */
export async function cleanup(options: Options, log: Logger, signal: AbortSignal): Promise<void> {
  const { namespace, labelPrefix } = options;
  const api = KubernetesApi.fromEnvironment();
  const lease = new AbortController();
  const { electing } = await becomeLeader(api, options, lease.signal, log, signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const { pods } = await listPods({ api, namespace, labelPrefix });
      const labelled = pods.flatMap((pod): { pod: Pod; patch: LabelPatch }[] => {
        const patch = labelPatch(pod.labels, new Map());
        return patch === undefined ? [] : [{ pod, patch }];
      });
      if (labelled.length === 0) break;
      if (attempt > TRIES) throw new Error(`${labelled.length} pods still have labels under ${labelPrefix}: something sets them`);
      for (const { pod, patch } of labelled) {
        await labelPod(api, namespace, pod, patch, labelPrefix).catch((error: unknown) => {
          // Gone, or another one of that name: the next round sees.
          if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error;
        });
        log.info({ pod: pod.name, removed: Object.keys(patch).length }, 'labels taken away');
      }
    }
  } finally {
    lease.abort();
    await electing;
    api.close();
  }
  log.info({ namespace, labelPrefix }, 'no pod has labels under the prefix');
}

async function becomeLeader(
  api: KubernetesApi,
  { namespace, lease, identity, leaseSeconds }: Options,
  leaseSignal: AbortSignal,
  log: Logger,
  signal: AbortSignal,
): Promise<{ readonly electing: Promise<void> }> {
  let lastError: Error | undefined;
  const give = new AbortController();
  const election = new LeaderElection({
    api,
    namespace,
    name: lease,
    identity: `${identity}-cleanup`,
    seconds: leaseSeconds,
    signal: AbortSignal.any([leaseSignal, give.signal]),
    onChange: () => undefined,
    onFailure: (error) => {
      lastError = error;
      log.warn({ reason: error.message }, 'the Lease can be neither read nor renewed');
    },
  });
  const electing = election.run();
  const deadline = performance.now() + 2 * leaseSeconds * 1000;
  while (!election.isLeader && performance.now() < deadline && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
  // Within an object: a promise that is returned would be waited for.
  if (election.isLeader) return { electing };
  give.abort();
  await electing;
  api.close();
  throw new Error(
    lastError === undefined
      ? `a labeller holds the Lease ${lease} in namespace ${namespace}: stop it first, e.g. scale its Deployment to 0`
      : `the Lease ${lease} in namespace ${namespace} cannot be had: ${lastError.message}`,
  );
}
