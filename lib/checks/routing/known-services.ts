import { isFields, numberAt, textAt } from '../../manifests/fields';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { CONTROLLER_CONFIG_MAP, controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { DEPLOYMENT_MODE, MESH_LABEL, MODEL_MESH_MODE } from '../../modelmesh/labels-and-annotations';
import { groupBy } from '../../values/group-by';

/** A port of a Service. */
export interface ServicePort {
  readonly number: number;
  readonly name?: string;
}

/** A Service whose ports are known. */
export interface KnownService {
  readonly namespace: string;
  readonly name: string;
  /** Whether it is the one that ModelMesh's controller makes in front of all runtime pods. */
  readonly isMesh: boolean;
  readonly ports: readonly ServicePort[];
}

/** Namespace and name of a Service. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** The namespaces in which the manifests mean ModelMesh to serve. Whether it does is the matter of other checks. */
const intendedMeshesOf = perSet((set): ReadonlySet<string> => {
  const namespaces = new Set<string>();
  for (const manifest of set.ofKind('', 'Namespace')) if (manifest.label(MESH_LABEL) === 'true') namespaces.add(manifest.name);
  for (const manifest of set.ofKind('serving.kserve.io', 'ServingRuntime'))
    if (manifest.isTrue('spec', 'multiModel')) namespaces.add(manifest.namespace);
  for (const manifest of set.ofKind('serving.kserve.io', 'InferenceService'))
    if (manifest.annotation(DEPLOYMENT_MODE) === MODEL_MESH_MODE) namespaces.add(manifest.namespace);
  return namespaces;
});

// A ConfigMap of the controller that is not among the manifests may give the Service other ports.
const areMeshPortsKnown = perSet(
  (set): boolean =>
    controllerConfigOf(set).manifest !== undefined ||
    !(set.options.existing ?? []).some(({ kind, name }) => kind === 'ConfigMap' && name === CONTROLLER_CONFIG_MAP),
);

/** The Service of that name if the manifests, or ModelMesh's controller, make it; undefined when nothing is known of it. */
export function serviceAt(set: ManifestSet, service: ServiceName | undefined): KnownService | undefined {
  if (service === undefined) return undefined;
  const { namespace, name } = service;
  const manifest = set.find('', 'Service', namespace, name);
  if (manifest !== undefined) {
    if (manifest.text('spec', 'type') === 'ExternalName') return undefined;
    const ports = manifest.list('spec', 'ports').filter(isFields);
    return {
      namespace,
      name,
      isMesh: false,
      ports: ports.flatMap((port) => {
        const number = numberAt(port, 'port');
        return number === undefined ? [] : [{ number, name: textAt(port, 'name') }];
      }),
    };
  }
  if (set.isMadeElsewhere('Service', namespace, name) || !isMeshService(set, service) || !areMeshPortsKnown(set)) return undefined;
  const { grpc, rest, metrics } = servicePortsOf(set);
  const ports: ServicePort[] = [{ number: grpc, name: 'grpc' }];
  if (rest !== undefined) ports.push({ number: rest, name: 'http' });
  if (metrics !== undefined) ports.push({ number: metrics, name: 'prometheus' });
  return { namespace, name, isMesh: true, ports };
}

/** Whether a Service is that of ModelMesh, by its name. */
export function isMeshService(set: ManifestSet, service: ServiceName): boolean {
  return service.name === controllerConfigOf(set).inferenceServiceName;
}

/** Where a Service of that name is known to be: a manifest shows it, others make it, or it is that of ModelMesh in a mesh's namespace. */
export function isServiceThere(set: ManifestSet, service: ServiceName): boolean {
  return (
    set.find('', 'Service', service.namespace, service.name) !== undefined ||
    set.isMadeElsewhere('Service', service.namespace, service.name) ||
    (isMeshService(set, service) && intendedMeshesOf(set).has(service.namespace))
  );
}

const servicesByName = perSet((set) => groupBy(set.ofKind('', 'Service'), ({ name }) => name));

/** A namespace in which a Service of that name is known to be, other than the given one; undefined when there is none. */
export function namespaceOfService(set: ManifestSet, service: ServiceName): string | undefined {
  const elsewhere = servicesByName(set)
    .get(service.name)
    ?.find(({ namespace }) => namespace !== service.namespace && namespace !== '')?.namespace;
  if (elsewhere !== undefined || !isMeshService(set, service)) return elsewhere;
  for (const namespace of intendedMeshesOf(set)) if (namespace !== service.namespace && namespace !== '') return namespace;
  return undefined;
}

/** The ports of a Service as messages list them: `8033 (grpc), 8008 (http)`. */
export function portList(service: KnownService): string {
  return service.ports.map(({ number, name }) => (name === undefined ? String(number) : `${number} (${name})`)).join(', ');
}

/** Whether an object's selector takes a pod with these labels; a selector without labels takes none here. */
export function selects(selector: unknown, labels: unknown): boolean {
  if (!isFields(selector)) return false;
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => textAt(labels, key) === value);
}
