import type { Logger } from 'pino';
import { followRegistry } from '../etcd/registry-source';
import { KubernetesApi } from '../kubernetes/kubernetes-api';
import { labelPod } from '../kubernetes/label-pod';
import { LeaderElection } from '../kubernetes/leader-election';
import { followPods } from '../kubernetes/pod-source';
import { Labeller } from './labeller';
import type { Options } from './options';
import { startStatusServer } from './status-server';

/** How long patches that are on their way may hold up the end. */
const PATIENCE_MILLIS = 5_000;

/** Labels pods until the signal. */
export async function run(options: Options, log: Logger, signal: AbortSignal): Promise<void> {
  const { namespace, identity, labelPrefix, service, leaseSeconds } = options;
  const api = KubernetesApi.fromEnvironment();
  // Ends after the patches, so that no other replica begins while they are on their way.
  const lease = new AbortController();
  const election: LeaderElection = new LeaderElection({
    api,
    namespace,
    name: options.lease,
    identity,
    seconds: leaseSeconds,
    signal: lease.signal,
    onChange: (isLeader) => labeller.onLeader(isLeader),
    onFailure: (error) => {
      labeller.metrics.errors.inc({ source: 'lease' });
      log.warn({ reason: error.message }, 'the Lease can be neither read nor renewed');
    },
  });
  const labeller: Labeller = new Labeller({
    ...options,
    log,
    patch: (pod, patch) => labelPod(api, namespace, pod, patch, labelPrefix),
    isLeader: () => election.isLeader,
  });
  const server = await startStatusServer({ port: options.port, metrics: labeller.metrics.registry, missing: () => labeller.missing });
  log.info({ namespace, service, identity, labelPrefix, port: options.port }, 'started');

  const electing = election.run();
  const following = [
    followRegistry({ connectionFile: options.etcdConnection, service, listener: labeller.registryListener, signal }),
    followPods({ api, namespace, selector: options.podSelector, labelPrefix, listener: labeller.podListener, signal }),
  ];
  await Promise.all(following);

  await Promise.race([labeller.stop(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS).unref())]);
  lease.abort();
  await electing;
  api.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  log.info('stopped');
}
