import { MODELS_VOLUME } from '../modelmesh/runtime/reserved';
import { dnsLabelProblem } from '../values/kubernetes-name';
import { imageProblem } from '../values/container-image';
import { sizeToBytes, sizeToQuantity } from '../values/memory-size';
import { integerProblem, portProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { reservedContainerProblem, reservedMountProblem, reservedPortNameProblem, reservedPortProblem } from './modelmesh-reserved';
import { memoryLimit, memoryRequest } from './pod-capacity';
import type { RuntimeContainer, RuntimePort, RuntimeProbe, RuntimeResources, RuntimeVolumeMount } from './runtime-container';

/** The problems of one container of a serving runtime. */
export function containerProblems(container: RuntimeContainer, volumeNames: readonly string[]): string[] {
  return [
    ...collectProblems(
      dnsLabelProblem('container name', container.name),
      reservedContainerProblem(container.name),
      imageProblem(`image of container ${quote(container.name)}`, container.image),
      integerProblem(`user id of container ${quote(container.name)}`, container.userId, 0, 2 ** 31 - 1),
      container.userId === 0 && container.runAsNonRoot === true
        ? `container ${quote(container.name)} has user id 0 and runAsNonRoot: leave out one of them`
        : undefined,
    ),
    ...duplicates(
      'variable',
      (container.env ?? []).map((variable) => variable.name),
      container.name,
    ),
    ...resourceProblems(container.name, container.resources),
    ...(container.ports ?? []).flatMap(portProblems),
    ...duplicates(
      'port name',
      (container.ports ?? []).flatMap((port) => port.name ?? []),
      container.name,
    ),
    ...(container.volumeMounts ?? []).flatMap((mount) => mountProblems(mount, container.name, volumeNames)),
    ...duplicates(
      'mount path',
      (container.volumeMounts ?? []).map((mount) => mount.mountPath),
      container.name,
    ),
    ...probeProblems(`liveness probe of container ${quote(container.name)}`, container.livenessProbe),
    ...probeProblems(`startup probe of container ${quote(container.name)}`, container.startupProbe),
  ];
}

/** Problems of values that must differ within a container. */
function duplicates(what: string, values: readonly string[], containerName: string): string[] {
  const twice = new Set(values.filter((value, index) => values.indexOf(value) !== index));
  return [...twice].map((value) => `${what} ${quote(value)} stands twice in container ${quote(containerName)}: keep one`);
}

function resourceProblems(name: string, resources: RuntimeResources | undefined): string[] {
  const [request, limit] = [memoryRequest(resources), memoryLimit(resources)];
  const [cpuRequest, cpuLimit] = [resources?.cpuRequest?.amount ?? '500m', resources?.cpuLimit?.amount ?? '5'];
  return collectProblems(
    sizeToBytes(request) > sizeToBytes(limit)
      ? `memory request ${sizeToQuantity(request)} of container ${quote(name)} exceeds its limit ${sizeToQuantity(limit)}: raise the limit`
      : undefined,
    cpuProblem('request', cpuRequest, name),
    cpuProblem('limit', cpuLimit, name),
    cpuMillis(cpuRequest) > cpuMillis(cpuLimit)
      ? `CPU request ${cpuRequest} of container ${quote(name)} exceeds its limit ${cpuLimit}: raise the limit`
      : undefined,
    integerProblem(`GPUs of container ${quote(name)}`, resources?.gpus, 0, 64),
  );
}

function cpuProblem(what: string, amount: string, name: string): string | undefined {
  const isAmount = cpuMillis(amount) >= 0 && cpuMillis(amount) < Infinity;
  return isAmount ? undefined : `CPU ${what} ${quote(amount)} of container ${quote(name)} is not valid: use 0 or more`;
}

function cpuMillis(amount: string): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount) * 1000;
}

function portProblems(port: RuntimePort): string[] {
  const name = port.name;
  return collectProblems(
    portProblem('port', port.port ?? NaN),
    reservedPortProblem(port.port),
    name === undefined ? undefined : reservedPortNameProblem(name),
    name === undefined || (/^[a-z0-9]([a-z0-9]|-(?!-))*$/.test(name) && /[a-z]/.test(name) && name.length <= 15 && !name.endsWith('-'))
      ? undefined
      : `port name ${quote(name)} is not valid: use at most 15 lower-case letters, digits and single '-', with at least one letter`,
  );
}

function mountProblems(mount: RuntimeVolumeMount, containerName: string, volumeNames: readonly string[]): string[] {
  // Declaring a volume of that name is refused already; mounting ModelMesh's own folder of models elsewhere is allowed.
  const isKnown = volumeNames.includes(mount.volumeName) || mount.volumeName === MODELS_VOLUME;
  return collectProblems(
    reservedMountProblem(mount.volumeName),
    isKnown
      ? undefined
      : `container ${quote(containerName)} mounts volume ${quote(mount.volumeName)}, which the runtime does not have: add it to 'volumes'`,
    /^\/[^:]*$/.test(mount.mountPath) ? undefined : `mount path ${quote(mount.mountPath)} is not valid: use an absolute path without ':'`,
    mount.subPath === undefined || (/^[^/]/.test(mount.subPath) && !mount.subPath.split('/').includes('..'))
      ? undefined
      : `subPath ${quote(mount.subPath)} of volume ${quote(mount.volumeName)} is not valid: use a relative path without '..'`,
    /^\/models\/?$/.test(mount.mountPath) ? "mount path '/models' is where ModelMesh mounts the models: choose another" : undefined,
  );
}

function probeProblems(what: string, probe: RuntimeProbe | undefined): string[] {
  if (probe === undefined) return [];
  const isCommand = probe.command !== undefined;
  return collectProblems(
    probe.command?.length === 0 ? `command of the ${what} is empty: name the program, or leave it out` : undefined,
    isCommand === (probe.port !== undefined) || (isCommand && probe.httpPath !== undefined)
      ? `${what} needs either a command, or a port (with a path for HTTP, without for TCP)`
      : undefined,
    probe.httpPath === undefined || probe.httpPath.startsWith('/')
      ? undefined
      : `path ${quote(probe.httpPath)} of the ${what} is not valid: begin it with '/'`,
    portProblem(`port of the ${what}`, probe.port),
    integerProblem(`initial delay in seconds of the ${what}`, probe.initialDelaySeconds, 0, 86400),
    integerProblem(`period in seconds of the ${what}`, probe.periodSeconds, 1, 86400),
    integerProblem(`timeout in seconds of the ${what}`, probe.timeoutSeconds, 1, 86400),
    integerProblem(`failure threshold of the ${what}`, probe.failureThreshold, 1, 1000),
  );
}
