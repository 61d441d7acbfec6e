import { isFields, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { POD_TO_POD_PORT } from '../runtime/reserved';
import { type RuntimePods, selects } from './network-policies';

const ROOT_NAMESPACE = 'istio-system';

const policiesOf = perSet((set) => groupBy(set.ofKind('security.istio.io', 'PeerAuthentication'), ({ namespace }) => namespace));

/**
 * The PeerAuthentication by which the sidecars of runtime pods refuse plain text at the port between the pods; undefined when they take it.
 * A policy for the pods wins over one for the namespace, and that over the one for the whole mesh.
 *
 * Source: `security/v1beta1/peer_authentication.proto` of istio/api.
 */
export function strictPolicy(set: ManifestSet, pods: RuntimePods): Manifest | undefined {
  const own = policiesOf(set).get(pods.namespace) ?? [];
  const forPods = own.filter((policy) => hasSelector(policy) && selects(policy.value('spec', 'selector'), pods.labels));
  const forNamespace = own.filter((policy) => !hasSelector(policy));
  const forMesh = (policiesOf(set).get(ROOT_NAMESPACE) ?? []).filter((policy) => !hasSelector(policy));
  // A mode for a port counts only in a policy with a selector.
  const portModes = forPods.map((policy) => policy.text('spec', 'portLevelMtls', String(POD_TO_POD_PORT), 'mode'));
  const portMode = portModes.find(isMode);
  const decisive = [...forPods, ...forNamespace, ...forMesh].find((policy) => isMode(policy.text('spec', 'mtls', 'mode')));
  if (portMode !== undefined) return portMode === 'STRICT' ? forPods.find((policy) => hasPortMode(policy)) : undefined;
  return decisive?.text('spec', 'mtls', 'mode') === 'STRICT' ? decisive : undefined;
}

function hasSelector(policy: Manifest): boolean {
  return Object.keys(policy.map('spec', 'selector', 'matchLabels')).length > 0;
}

function hasPortMode(policy: Manifest): boolean {
  return isMode(policy.text('spec', 'portLevelMtls', String(POD_TO_POD_PORT), 'mode'));
}

function isMode(mode: string | undefined): boolean {
  return mode !== undefined && mode !== 'UNSET';
}

/** Whether the pods of a runtime get a sidecar of Istio, as far as the manifests show it. */
export function hasSidecar(set: ManifestSet, pods: RuntimePods): boolean {
  const inject = pods.labels.get('sidecar.istio.io/inject') ?? annotation(pods, 'sidecar.istio.io/inject');
  if (inject !== undefined) return inject === 'true';
  const labels = set.find('', 'Namespace', '', pods.namespace)?.map('metadata', 'labels');
  if (!isFields(labels)) return false;
  const injection = labels['istio-injection'];
  return injection === undefined ? labels['istio.io/rev'] !== undefined : injection === 'enabled';
}

/** Whether the sidecar leaves the port between the pods alone. */
export function isPortExcluded(pods: RuntimePods): boolean {
  const ports = annotation(pods, 'traffic.sidecar.istio.io/excludeInboundPorts') ?? '';
  const included = annotation(pods, 'traffic.sidecar.istio.io/includeInboundPorts');
  const isIn = (list: string): boolean => list.split(',').some((port) => port.trim() === String(POD_TO_POD_PORT));
  return isIn(ports) || (included !== undefined && included !== '*' && !isIn(included));
}

function annotation({ runtime }: RuntimePods, key: string): string | undefined {
  return runtime === undefined ? undefined : textAt(runtime.fields, 'spec', 'annotations', key);
}
