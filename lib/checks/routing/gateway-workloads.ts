import { type Fields, fieldsAt, listAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';

const POD_MAKERS = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** Labels of the pods of every gateway that the manifests hold. */
export const gatewayPodLabels = perSet((set): readonly Fields[] => {
  const pods = [
    ...POD_MAKERS.flatMap((kind) => set.ofKind('apps', kind)).map((manifest) => manifest.map('spec', 'template')),
    ...set.ofKind('', 'Pod').map((manifest) => manifest.fields),
  ];
  return pods.filter(isGatewayPod).map((pod) => fieldsAt(pod, 'metadata', 'labels'));
});

// By Istio's injection template for gateways, or by what the installers of Istio and ASM write.
function isGatewayPod(pod: Fields): boolean {
  const templates = textAt(pod, 'metadata', 'annotations', 'inject.istio.io/templates') ?? '';
  if (templates.split(',').includes('gateway')) return true;
  const containers = listAt(pod, 'spec', 'containers');
  return containers.some((container) => textAt(container, 'name') === 'istio-proxy' && listAt(container, 'args').includes('router'));
}

/** The Services of the manifests whose pods a Gateway's selector takes. */
export function servicesOfSelector(set: ManifestSet, selector: Fields): Manifest[] {
  const wanted = Object.entries(selector);
  if (wanted.length === 0) return [];
  return set
    .ofKind('', 'Service')
    .filter((service) => wanted.every(([key, value]) => textAt(service.fields, 'spec', 'selector', key) === value));
}
