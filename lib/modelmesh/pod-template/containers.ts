import { type FieldPath, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import { dnsLabelProblem, dnsSubdomainProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import type { PodProblem } from './pod-template';
import { choiceProblems, isPort, isPortName, nameProblem, problem } from './values';
import { parseQuantity } from '../kubernetes/quantity';

/** Name, image, ports, environment and policies of a container. */
export function containerProblems(container: unknown, path: FieldPath): PodProblem[] {
  if (!isFields(container)) return [];
  return [
    ...nameProblems(container, path),
    ...imageProblems(container, path),
    ...choiceProblems(container, 'imagePullPolicy', path, ['Always', 'IfNotPresent', 'Never']),
    ...choiceProblems(container, 'terminationMessagePolicy', path, ['File', 'FallbackToLogsOnError']),
    ...portProblems(listAt(container, 'ports'), [...path, 'ports']),
    ...envProblems(listAt(container, 'env'), [...path, 'env']),
    ...listAt(container, 'envFrom').flatMap((item, index) => envFromProblems(item, [...path, 'envFrom', index])),
  ];
}

function nameProblems(container: unknown, path: FieldPath): PodProblem[] {
  const name = textAt(container, 'name');
  return name === undefined ? [] : nameProblem('containerName', [...path, 'name'], name, dnsLabelProblem('name', name));
}

function imageProblems(container: unknown, path: FieldPath): PodProblem[] {
  const image = valueAt(container, 'image');
  if (image === undefined || image === null || image === '') {
    return [problem('image', [...path, 'image'], 'is missing', 'set it, e.g. example.com/server:1.0')];
  }
  if (typeof image !== 'string' || image.trim() === image) return [];
  return [problem('image', [...path, 'image'], `is ${quote(image)}, with blanks around it`, 'remove them')];
}

function portProblems(ports: readonly unknown[], path: FieldPath): PodProblem[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = [...path, index];
    const name = textAt(port, 'name') ?? '';
    const isRepeated = names.has(name);
    if (name !== '') names.add(name);
    return [
      ...numberProblems(port, 'containerPort', at),
      ...(numberAt(port, 'hostPort') === 0 ? [] : numberProblems(port, 'hostPort', at)),
      ...choiceProblems(port, 'protocol', at, ['TCP', 'UDP', 'SCTP']),
      ...(isRepeated ? [problem('portName', [...at, 'name'], `${quote(name)} names an earlier port, too`, 'rename one of them')] : []),
      ...(name === '' || isPortName(name)
        ? []
        : [
            problem(
              'portName',
              [...at, 'name'],
              `is ${quote(name)}`,
              "use at most 15 lower-case letters, digits and single '-' between them, with at least one letter",
            ),
          ]),
    ];
  });
}

function numberProblems(port: unknown, field: string, path: FieldPath): PodProblem[] {
  const number = numberAt(port, field);
  if (number === undefined || isPort(number)) return [];
  return [problem('portNumber', [...path, field], `is ${quote(number)}`, 'use a port from 1 to 65535')];
}

/** Host ports that two containers of a pod want. */
export function hostPortProblems(containers: readonly unknown[]): PodProblem[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    listAt(container, 'ports').flatMap((port, at) => {
      const number = numberAt(port, 'hostPort') ?? 0;
      if (number === 0) return [];
      const key = [textAt(port, 'protocol') ?? 'TCP', textAt(port, 'hostIP') ?? '', number].join('/');
      const isTaken = taken.has(key);
      taken.add(key);
      const path = ['spec', 'containers', index, 'ports', at, 'hostPort'];
      return isTaken ? [problem('portNumber', path, `${quote(number)} is taken by an earlier port`, 'use each host port once')] : [];
    }),
  );
}

const REFERENCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];
const FIELDS =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const RESOURCES = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Environment variables: of a container, or those for the built-in adapter. */
export function envProblems(env: readonly unknown[], path: FieldPath): PodProblem[] {
  return env.flatMap((variable, index) => {
    if (!isFields(variable)) return [];
    const at = [...path, index];
    const from = variable['valueFrom'];
    return [...envNameProblems(variable, 'name', at), ...(isFields(from) ? valueFromProblems(variable, from, [...at, 'valueFrom']) : [])];
  });
}

function envNameProblems(variable: unknown, field: string, path: FieldPath): PodProblem[] {
  const name = textAt(variable, field);
  // Old clusters take letters, digits, '-', '_' and '.' only; newer ones all that shows but '='.
  if (name === undefined || /^[\x20-\x3c\x3e-\x7e]+$/.test(name)) return [];
  return [problem('env', [...path, field], `is ${quote(name)}`, "use letters, digits and '_', and begin with a letter")];
}

function valueFromProblems(variable: unknown, from: unknown, path: FieldPath): PodProblem[] {
  const given = REFERENCES.filter((reference) => isFields(valueAt(from, reference)));
  const problems: PodProblem[] = [];
  if (given.length > 1) problems.push(problem('env', path, `names ${given.length} sources (${given.join(', ')})`, 'keep one of them'));
  if (given.length === 0) problems.push(problem('env', path, 'names no source', 'set e.g. secretKeyRef, or value instead of it'));
  if ((textAt(variable, 'value') ?? '') !== '') problems.push(problem('env', path, 'stands beside value', 'keep one of the two'));
  const field = textAt(from, 'fieldRef', 'fieldPath');
  if (field !== undefined && !FIELDS.test(field)) {
    problems.push(problem('env', [...path, 'fieldRef', 'fieldPath'], `is ${quote(field)}`, 'use e.g. metadata.name or status.podIP'));
  }
  const resource = textAt(from, 'resourceFieldRef', 'resource');
  if (resource !== undefined && !RESOURCES.test(resource)) {
    problems.push(
      problem('env', [...path, 'resourceFieldRef', 'resource'], `is ${quote(resource)}`, 'use e.g. limits.cpu or requests.memory'),
    );
  }
  return [
    ...problems,
    ...divisorProblems(from, path),
    ...['configMapKeyRef', 'secretKeyRef'].flatMap((kind) => [
      ...referenceNameProblems(from, kind, path),
      ...keyProblems(from, kind, path),
    ]),
  ];
}

const UNIT = 1_000_000_000n;
const POWERS = [1, 2, 3, 4, 5, 6].map(BigInt);
const SIZES = new Set([1n, ...POWERS.map((power) => 1000n ** power), ...POWERS.map((power) => 1024n ** power)].map((size) => size * UNIT));
const CPU_SIZES = new Set([UNIT, UNIT / 1000n]);

/** What a resource is divided by: one of the units, or nothing. */
function divisorProblems(from: unknown, path: FieldPath): PodProblem[] {
  const divisor = valueAt(from, 'resourceFieldRef', 'divisor');
  const size = parseQuantity(divisor) ?? 0n;
  const isCpu = textAt(from, 'resourceFieldRef', 'resource')?.endsWith('.cpu') === true;
  if (size === 0n || (isCpu ? CPU_SIZES : SIZES).has(size)) return [];
  const remedy = isCpu ? 'use 1 or 1m' : 'use one unit, e.g. 1, 1M or 1Mi';
  return [problem('env', [...path, 'resourceFieldRef', 'divisor'], `is ${quote(divisor)}`, remedy)];
}

function keyProblems(from: unknown, kind: string, path: FieldPath): PodProblem[] {
  const key = textAt(from, kind, 'key');
  if (key === undefined || (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && !/^\.\.?$/.test(key) && !key.startsWith('..'))) return [];
  return [problem('env', [...path, kind, 'key'], `is ${quote(key)}`, "use a key of letters, digits, '-', '_' and '.'")];
}

function referenceNameProblems(from: unknown, kind: string, path: FieldPath): PodProblem[] {
  const reference = valueAt(from, kind);
  if (!isFields(reference)) return [];
  const at = [...path, kind, 'name'];
  const name = reference['name'] ?? '';
  if (name === '') return [problem('env', at, 'is missing', `set the name of the ${kind.startsWith('s') ? 'Secret' : 'ConfigMap'}`)];
  return typeof name === 'string' ? nameProblem('env', at, name, dnsSubdomainProblem('name', name)) : [];
}

function envFromProblems(item: unknown, path: FieldPath): PodProblem[] {
  if (!isFields(item)) return [];
  const given = ['configMapRef', 'secretRef'].filter((kind) => isFields(item[kind]));
  return [
    ...(given.length === 1
      ? []
      : [problem('env', path, `names ${given.length === 0 ? 'no source' : 'two sources'}`, 'set one of configMapRef and secretRef')]),
    ...given.flatMap((kind) => referenceNameProblems(item, kind, path)),
    ...(item['prefix'] === '' ? [] : envNameProblems(item, 'prefix', path)),
  ];
}
