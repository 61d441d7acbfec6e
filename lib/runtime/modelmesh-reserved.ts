import { AUTOSCALING } from '../modelmesh/labels-and-annotations';
import {
  isReservedName,
  isReservedPort,
  MANAGED_LABELS,
  RESERVED_CONTAINERS,
  RESERVED_MOUNTS,
  RESERVED_PORT_NAMES,
  RESERVED_PORT_RANGE,
  RESERVED_PORTS,
  RESERVED_VOLUMES,
  SELECTOR_LABELS,
  TLS_VOLUME,
  UNCHECKED_PORTS,
} from '../modelmesh/runtime/reserved';
import { quote } from '../values/problems';

// What the controller refuses: it does so in its log only, and starts none of the pods; 2112, 8008, 8033 and 8086 it does not even check, and two
// containers then fight for the port.
const VOLUMES = [...RESERVED_VOLUMES, TLS_VOLUME];
const PORTS = [...RESERVED_PORTS.keys(), ...UNCHECKED_PORTS].sort((a, b) => a - b);
const POD_LABELS = [...SELECTOR_LABELS, ...MANAGED_LABELS];
// Its webhook and its autoscaler read these; without the webhook a wrong one ends the controller, for the whole cluster.
const ANNOTATIONS: { readonly [key: string]: string } = {
  maxLoadingConcurrency: 'use the property maxLoadingConcurrency',
  perModelConcurrencyLimit: 'use the property perModelConcurrencyLimit',
  productConfig: 'remove it, ModelMesh insists on a ConfigMap of that name and does not use it',
  ...Object.fromEntries(Object.values(AUTOSCALING).map((key) => [key, 'use the property autoscaling'])),
};

function reservedNameProblem(what: string, name: string, names: readonly string[]): string | undefined {
  if (!isReservedName(name, names)) return undefined;
  return `${what} ${quote(name)} is reserved for ModelMesh (${names.join(', ')}, mm-*): choose another`;
}

export function reservedContainerProblem(name: string): string | undefined {
  return reservedNameProblem('container name', name, RESERVED_CONTAINERS);
}

export function reservedVolumeProblem(name: string): string | undefined {
  return reservedNameProblem('volume name', name, VOLUMES);
}

export function reservedMountProblem(volumeName: string): string | undefined {
  return reservedNameProblem('mounted volume', volumeName, RESERVED_MOUNTS);
}

export function reservedPortNameProblem(name: string): string | undefined {
  return reservedNameProblem('port name', name, RESERVED_PORT_NAMES);
}

export function reservedPortProblem(port: number): string | undefined {
  if (!PORTS.includes(port) && !isReservedPort(port)) return undefined;
  return `port ${port} is reserved for ModelMesh (${PORTS.join(', ')}, ${RESERVED_PORT_RANGE.first} to ${RESERVED_PORT_RANGE.last}): choose another`;
}

export function reservedPodLabelProblems(labels: { readonly [key: string]: string } | undefined): string[] {
  return Object.keys(labels ?? {})
    .filter((key) => POD_LABELS.includes(key))
    .map((key) => `pod label ${quote(key)} is one that ModelMesh selects its pods by: remove it`);
}

export function reservedAnnotationProblems(annotations: { readonly [key: string]: string } | undefined): string[] {
  return Object.keys(annotations ?? {})
    .filter((key) => Object.hasOwn(ANNOTATIONS, key))
    .map((key) => `annotation ${quote(key)} is one that ModelMesh acts on: ${ANNOTATIONS[key]}`);
}
