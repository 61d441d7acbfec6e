import { type Fields, fieldsAt, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { controllerConfigOf, meshConfigOf } from '../controller-config/controller-config';
import { meshNamespacesOf } from '../installation/namespaces';
import { SERVICE_LABEL } from '../labels-and-annotations';
import { deploymentNameOf } from '../runtime/deployment';
import { MANAGED_LABELS } from '../runtime/reserved';
import { servedRuntimesOf } from '../runtime/runtimes';

/** The pods of one runtime in one namespace, as selectors see them. */
export interface RuntimePods {
  readonly namespace: string;
  /** The runtime among the manifests; undefined for those that ModelMesh ships. */
  readonly runtime?: Manifest;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * The runtime pods of every namespace of a mesh, one entry for each runtime. Labels of the runtime win over those of the configuration, and
 * those over the controller's own.
 *
 * Source: `config/internal/base/deployment.yaml.tmpl` and `controllers/modelmesh/runtime.go` of kserve/modelmesh-serving.
 */
export const runtimePodsOf = perSet((set): ReadonlyMap<string, readonly RuntimePods[]> => {
  const shared = servedRuntimesOf(set).filter(({ isClusterScoped }) => isClusterScoped);
  const own = groupBy(
    servedRuntimesOf(set).filter(({ isClusterScoped }) => !isClusterScoped),
    ({ manifest }) => manifest.namespace,
  );
  return new Map(
    [...meshNamespacesOf(set)].map((namespace) => {
      const runtimes = [...(own.get(namespace) ?? []), ...shared].map(({ manifest }) => manifest);
      const pods = runtimes.map((runtime) => ({ namespace, runtime, labels: podLabels(set, runtime) }));
      return [namespace, pods.length > 0 ? pods : [{ namespace, labels: podLabels(set) }]];
    }),
  );
});

function podLabels(set: ManifestSet, runtime?: Manifest): ReadonlyMap<string, string> {
  const labels: Fields = {
    [SERVICE_LABEL]: controllerConfigOf(set).inferenceServiceName,
    ...Object.fromEntries(MANAGED_LABELS.map((key) => [key, 'modelmesh-controller'])),
    ...(runtime === undefined ? {} : { name: deploymentNameOf(set, runtime) }),
    ...meshConfigOf(set).runtimePodLabels,
    ...runtime?.map('spec', 'labels'),
  };
  return new Map(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

/** Whether a label selector matches. An empty one matches everything. */
export function selects(selector: unknown, labels: ReadonlyMap<string, string>): boolean {
  const equal = Object.entries(fieldsAt(selector, 'matchLabels')).every(([key, value]) => labels.get(key) === String(value));
  return equal && listAt(selector, 'matchExpressions').every((expression) => matches(expression, labels));
}

function matches(expression: unknown, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(textAt(expression, 'key') ?? '');
  const isListed = value !== undefined && listAt(expression, 'values').includes(value);
  switch (textAt(expression, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true; // the API server refuses it
  }
}

/** The NetworkPolicies of a namespace that govern what reaches some pods: what none of them allows is dropped. */
export function ingressPolicies(set: ManifestSet, pods: RuntimePods): readonly Manifest[] {
  return (policiesOf(set).get(pods.namespace) ?? []).filter(
    (policy) => isForIngress(policy) && selects(policy.value('spec', 'podSelector'), pods.labels),
  );
}

const policiesOf = perSet((set) => groupBy(set.ofKind('networking.k8s.io', 'NetworkPolicy'), ({ namespace }) => namespace));

function isForIngress(policy: Manifest): boolean {
  const types = policy.list('spec', 'policyTypes');
  return types.length === 0 || types.includes('Ingress');
}

/** Whether one of the policies lets traffic to a TCP port through: from these pods or, without them, from anywhere at all. */
export function allowsPort(set: ManifestSet, policies: readonly Manifest[], port: number, name: string, from?: RuntimePods): boolean {
  return policies.some((policy) =>
    policy
      .list('spec', 'ingress')
      .some(
        (rule) =>
          includesPort(listAt(rule, 'ports'), port, name) &&
          (from === undefined || admits(set, listAt(rule, 'from'), from, policy.namespace)),
      ),
  );
}

function includesPort(ports: readonly unknown[], port: number, name: string): boolean {
  if (ports.length === 0) return true;
  return ports.some((entry) => {
    if ((textAt(entry, 'protocol') ?? 'TCP') !== 'TCP') return false;
    const first = valueAt(entry, 'port');
    if (first === undefined || first === null) return true;
    if (typeof first === 'string') return first === name || first === String(port);
    return first === port || (typeof first === 'number' && first <= port && port <= (numberAt(entry, 'endPort') ?? first));
  });
}

function admits(set: ManifestSet, peers: readonly unknown[], from: RuntimePods, policyNamespace: string): boolean {
  if (peers.length === 0) return true;
  return peers.some((peer) => {
    if (isFields(valueAt(peer, 'ipBlock'))) return true; // which addresses pods have is not known
    const namespaces = valueAt(peer, 'namespaceSelector');
    const isNamespace = isFields(namespaces)
      ? selects(namespaces, namespaceLabels(set, from.namespace))
      : from.namespace === policyNamespace;
    const pods = valueAt(peer, 'podSelector');
    return isNamespace && (!isFields(pods) || selects(pods, from.labels));
  });
}

function namespaceLabels(set: ManifestSet, namespace: string): ReadonlyMap<string, string> {
  const labels = set.find('', 'Namespace', '', namespace)?.map('metadata', 'labels') ?? {};
  const entries = Object.entries(labels).map(([key, value]): [string, string] => [key, String(value)]);
  return new Map([['kubernetes.io/metadata.name', namespace], ...entries]);
}
