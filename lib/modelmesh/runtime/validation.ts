import { type FieldPath, listAt, numberAt, valueAt } from '../../manifests/fields';
import type { ManifestSet } from '../../manifests/manifest-set';
import { quote } from '../../values/problems';
import { controllerConfigOf } from '../controller-config/controller-config';
import { SERVICE_LABEL } from '../labels-and-annotations';
import { deploymentNameOf, isDeploymentNameTooLong } from './deployment';
import { type Endpoint, endpointOf, faultOf, portNumberOf, splitSocketsOf } from './endpoints';
import {
  isReservedName,
  isReservedPort,
  RESERVED_CONTAINERS,
  RESERVED_MOUNTS,
  RESERVED_PORT_NAMES,
  RESERVED_VOLUMES,
  SELECTOR_LABELS,
} from './reserved';
import { containersOf, entriesOf, hasBuiltInAdapter, hasPuller, type Runtime, serverTypeOf } from './runtimes';

/** A field of a runtime that ModelMesh's controller refuses, and its value. */
export interface Place {
  readonly path: FieldPath;
  readonly value: string;
}

const SERVER_TYPE: FieldPath = ['spec', 'builtInAdapter', 'serverType'];

/** The server type of the built-in adapter, when the controller knows no adapter of that name. */
export function unknownServerTypes(set: ManifestSet, runtime: Runtime): readonly Place[] {
  const value = serverTypeOf(runtime);
  if (!hasBuiltInAdapter(runtime) || controllerConfigOf(set).builtInServerTypes.includes(value)) return [];
  return [{ path: SERVER_TYPE, value }];
}

/** The server type, when there is an adapter for it and no container bears its name. */
export function missingServerContainers(set: ManifestSet, runtime: Runtime): readonly Place[] {
  const value = serverTypeOf(runtime);
  if (
    !hasBuiltInAdapter(runtime) ||
    unknownServerTypes(set, runtime).length > 0 ||
    containersOf(runtime).some(({ name }) => name === value)
  )
    return [];
  return [{ path: ['spec', 'containers'], value }];
}

/** Containers with a name that ModelMesh keeps to itself. */
export function reservedContainers(runtime: Runtime): readonly Place[] {
  return containersOf(runtime)
    .filter(({ name }) => isReservedName(name, RESERVED_CONTAINERS))
    .map(({ path, name }) => ({ path: [...path, 'name'], value: name }));
}

/** Fields of containers that ModelMesh sets itself: `readinessProbe` and `lifecycle`. */
export function managedFields(runtime: Runtime): readonly Place[] {
  return containersOf(runtime).flatMap(({ path, fields }) =>
    ['readinessProbe', 'lifecycle']
      .filter((field) => (valueAt(fields, field) ?? undefined) !== undefined)
      .map((field) => ({ path: [...path, field], value: field })),
  );
}

/** Mounts of volumes that are ModelMesh's own. */
export function reservedMounts(runtime: Runtime): readonly Place[] {
  return containersOf(runtime).flatMap(({ path, fields }) =>
    entriesOf(listAt(fields, 'volumeMounts'), [...path, 'volumeMounts'])
      .filter(({ name }) => isReservedName(name, RESERVED_MOUNTS))
      .map((mount) => ({ path: [...mount.path, 'name'], value: mount.name })),
  );
}

/** Ports with a name that ModelMesh keeps to itself. */
export function reservedPortNames(runtime: Runtime): readonly Place[] {
  return portsOf(runtime)
    .filter(({ name }) => isReservedName(name, RESERVED_PORT_NAMES))
    .map(({ path, name }) => ({ path: [...path, 'name'], value: name }));
}

/** Declared ports that the controller refuses. */
export function reservedPorts(runtime: Runtime): readonly Place[] {
  return portsOf(runtime).flatMap(({ path, fields }) => {
    const port = numberAt(fields, 'containerPort');
    return port !== undefined && isReservedPort(port) ? [{ path: [...path, 'containerPort'], value: String(port) }] : [];
  });
}

/** Volumes with a name that ModelMesh keeps to itself. */
export function reservedVolumes(runtime: Runtime): readonly Place[] {
  return entriesOf(runtime.manifest.list('spec', 'volumes'), ['spec', 'volumes'])
    .filter(({ name }) => isReservedName(name, RESERVED_VOLUMES))
    .map(({ path, name }) => ({ path: [...path, 'name'], value: name }));
}

/** Containers with the name of the one that ModelMesh adds for the adapter; the API server refuses the second. */
export function adapterNamesakes(runtime: Runtime): readonly Place[] {
  const namesake = `${serverTypeOf(runtime)}-adapter`;
  if (!hasBuiltInAdapter(runtime)) return [];
  return containersOf(runtime)
    .filter(({ name }) => name === namesake)
    .map(({ path, name }) => ({ path: [...path, 'name'], value: name }));
}

/** Pod labels of a runtime that take a pod away from its own Deployment. */
export function selectorLabels(set: ManifestSet, runtime: Runtime): readonly Place[] {
  const own: { readonly [key: string]: string } = {
    [SERVICE_LABEL]: controllerConfigOf(set).inferenceServiceName,
    name: deploymentNameOf(set, runtime),
  };
  return SELECTOR_LABELS.flatMap((key) => {
    const value = runtime.manifest.text('spec', 'labels', key);
    return value === undefined || value === own[key] ? [] : [{ path: ['spec', 'labels', key], value }];
  });
}

/**
 * What the controller's own validation says of a runtime, one reason each: it makes and changes nothing of such a runtime, and says so in its
 * log alone. It validates before it asks whether the runtime is a multi-model one and enabled.
 *
 * Source: `controllers/servingruntime_validator.go` of kserve/modelmesh-serving.
 */
export function validationRefusals(set: ManifestSet, runtime: Runtime): readonly string[] {
  return [
    ...unknownServerTypes(set, runtime).map(({ value }) => `unknown server type ${quote(value)}`),
    ...missingServerContainers(set, runtime).map(({ value }) => `no container named ${quote(value)}`),
    ...reservedContainers(runtime).map(({ value }) => `reserved container name ${quote(value)}`),
    ...managedFields(runtime).map(({ value }) => `${value} of a container`),
    ...reservedMounts(runtime).map(({ value }) => `mount of the reserved volume ${quote(value)}`),
    ...reservedPortNames(runtime).map(({ value }) => `reserved port name ${quote(value)}`),
    ...reservedPorts(runtime).map(({ value }) => `reserved port ${value}`),
    ...reservedVolumes(runtime).map(({ value }) => `reserved volume name ${quote(value)}`),
  ];
}

/** Every reason for which the controller makes no Deployment of a multi-model runtime, by what the runtime itself says. */
export function refusalsOf(set: ManifestSet, runtime: Runtime): readonly string[] {
  return [
    ...validationRefusals(set, runtime),
    ...endpointRefusals(runtime),
    ...adapterNamesakes(runtime).map(({ value }) => `container name ${quote(value)} is that of the adapter`),
    ...selectorLabels(set, runtime).map(({ path }) => `pod label ${String(path.at(-1))}`),
    ...(isDeploymentNameTooLong(set, runtime) ? ['the name is too long'] : []),
  ];
}

function endpointRefusals(runtime: Runtime): readonly string[] {
  const [management, data] = [endpointOf(runtime, 'grpcEndpoint'), endpointOf(runtime, 'grpcDataEndpoint')];
  if ((runtime.manifest.value('spec', 'grpcEndpoint') ?? undefined) === undefined) return ['no grpcEndpoint'];
  return [
    ...[management, data].flatMap((endpoint) => {
      const fault = endpoint === undefined ? undefined : faultOf(runtime, endpoint);
      return endpoint === undefined || fault === undefined || isPassedOn(runtime, endpoint)
        ? []
        : [`endpoint ${quote(endpoint.text)} is ${fault}`];
    }),
    ...(splitSocketsOf(runtime) === undefined ? [] : ['sockets in two folders']),
  ];
}

/**
 * Whether the controller makes the Deployment all the same, and leaves an endpoint that nothing can use to the containers: it looks at the
 * form only, and of a port only where the puller or an adapter needs the management endpoint. Seen on a real controller.
 */
function isPassedOn(runtime: Runtime, endpoint: Endpoint): boolean {
  const isManagement = endpoint.field === 'grpcEndpoint';
  if (isManagement && (hasBuiltInAdapter(runtime) || (hasPuller(runtime) && endpoint.port !== undefined)))
    return portNumberOf(endpoint) !== undefined;
  return /^(port|unix):/.test(endpoint.text);
}

function portsOf(runtime: Runtime): ReturnType<typeof entriesOf> {
  return containersOf(runtime).flatMap(({ path, fields }) => entriesOf(listAt(fields, 'ports'), [...path, 'ports']));
}
