/**
 * The order in which the kinds of a mesh are applied, as the number that begins the name of every file: a tool that takes the files by
 * name, such as `kubectl apply --recursive`, then meets what an object needs before the object itself.
 */

/** Kinds that others live in, or are instances of. */
const SCOPES: readonly string[] = ['Namespace', 'CustomResourceDefinition'];

// Admission of a pod looks up its ServiceAccount and PriorityClass, so what makes pods comes after them.
const WORKLOADS: readonly string[] = [
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
];

const SERVING_RUNTIMES: readonly string[] = ['ServingRuntime', 'ClusterServingRuntime'];

// Groups that every cluster has. Webhooks and aggregated APIs are left out on purpose: they go last, since one that points at a server
// that does not run yet rejects whatever is applied after it.
const FOUNDATION_GROUPS: readonly string[] = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

const ROUTING_GROUPS: readonly string[] = [
  'networking.istio.io',
  'security.istio.io',
  'istio.alibabacloud.com',
  'gateway.networking.k8s.io',
];

/** The group of an API version: `apps` of `apps/v1`, and the empty group of `v1`. */
export function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * The place of a kind in the apply order, always two digits: `00` for namespaces and definitions, `10` for what every cluster knows, `15`
 * for pods and what makes them, `20` for serving runtimes, `30` for the gateway and its routes, `40` for models, `50` for all other kinds.
 *
 * @param apiVersion the API version of the object, e.g. `serving.kserve.io/v1alpha1`
 * @param kind the kind of the object, e.g. `ServingRuntime`
 */
export function applyOrder(apiVersion: string, kind: string): string {
  const group = apiGroupOf(apiVersion);
  if ((group === '' || group === 'apiextensions.k8s.io') && SCOPES.includes(kind)) return '00';
  if (group === 'serving.kserve.io' && SERVING_RUNTIMES.includes(kind)) return '20';
  if (ROUTING_GROUPS.includes(group)) return '30';
  if (group === 'serving.kserve.io' && kind === 'InferenceService') return '40';
  if (!FOUNDATION_GROUPS.includes(group)) return '50';
  return WORKLOADS.includes(kind) ? '15' : '10';
}

/**
 * The Argo CD sync wave of a kind, or undefined for wave 0, where the models are. A wave is applied when all objects of the one before are
 * healthy, so that a model that does not load holds nothing back.
 *
 * Pods are in the wave of claims: a claim of a storage class that waits for its first consumer becomes healthy with the first pod only.
 *
 * Source: docs/user-guide/sync-waves.md of argoproj/argo-cd.
 */
export function syncWave(apiVersion: string, kind: string): number | undefined {
  return SYNC_WAVES.get(applyOrder(apiVersion, kind));
}

const SYNC_WAVES: ReadonlyMap<string, number> = new Map([
  ['00', -40],
  ['10', -30],
  ['15', -30],
  ['20', -20],
  ['30', -10],
]);
