import { type FieldPath, fieldsAt, listAt, textAt } from '../../manifests/fields';
import { qualifiedKeyProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import type { PodProblem } from './pod-template';
import { nameProblem, problem } from './values';
import { parseQuantity } from '../kubernetes/quantity';

const UNIT = 1_000_000_000n;

/** Requests and limits of a container. */
export function resourceProblems(container: unknown, path: FieldPath): PodProblem[] {
  const limits = fieldsAt(container, 'resources', 'limits');
  const requests = fieldsAt(container, 'resources', 'requests');
  const at = (kind: string, name: string): FieldPath => [...path, 'resources', kind, name];
  return [
    ...Object.entries(limits).flatMap(([name, value]) => oneProblems(name, value, at('limits', name))),
    ...Object.entries(requests).flatMap(([name, value]) => [
      ...oneProblems(name, value, at('requests', name)),
      ...pairProblems(name, value, limits[name], at('requests', name)),
    ]),
    // The pods of ModelMesh declare no resource claims that a container could name.
    ...listAt(container, 'resources', 'claims').map((claim, index) =>
      problem(
        'resourceName',
        [...path, 'resources', 'claims', index],
        `names the resource claim ${quote(textAt(claim, 'name'))}, which the pods of a runtime do not have`,
        'remove it',
      ),
    ),
  ];
}

/** Whether a resource can be promised to more containers than it is there for, so that a request may be below its limit. */
function canBeOvercommitted(name: string): boolean {
  return (!name.includes('/') || name.includes('kubernetes.io/')) && !name.startsWith('hugepages-');
}

function isExtended(name: string): boolean {
  return name.includes('/') && !name.includes('kubernetes.io/');
}

function oneProblems(name: string, value: unknown, path: FieldPath): PodProblem[] {
  return [...nameProblems(name, path), ...amountProblems(name, value, path)];
}

function nameProblems(name: string, path: FieldPath): PodProblem[] {
  const isStandard = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-');
  if (!name.includes('/') && !isStandard) {
    return [
      problem(
        'resourceName',
        path,
        'is a resource that containers do not have',
        'use cpu, memory, ephemeral-storage or e.g. nvidia.com/gpu',
      ),
    ];
  }
  return nameProblem('resourceName', path, name, qualifiedKeyProblem('resource', name), 'has the key');
}

function amountProblems(name: string, value: unknown, path: FieldPath): PodProblem[] {
  const amount = parseQuantity(value);
  // What is no quantity for the definition already is reported as that; an exponent such as 1e1.5 gets past it.
  if (amount === undefined) {
    return typeof value === 'string' && /^[+-]?[\d.]+[eE]/.test(value)
      ? [problem('amount', path, `is ${quote(value)}, with a fraction in its exponent`, 'write it without one')]
      : [];
  }
  if (amount < 0n) return [problem('amount', path, `is ${quote(value)}`, 'use no negative amount')];
  if (isExtended(name) && amount % UNIT !== 0n) return [problem('amount', path, `is ${quote(value)}`, 'use a whole number')];
  return [];
}

function pairProblems(name: string, value: unknown, limit: unknown, path: FieldPath): PodProblem[] {
  const request = parseQuantity(value);
  const most = parseQuantity(limit);
  if (request === undefined || (limit !== undefined && limit !== null && most === undefined)) return [];
  if (canBeOvercommitted(name)) {
    if (most === undefined || request <= most) return [];
    return [problem('limit', path, `is ${quote(value)}, more than its limit of ${quote(limit)}`, 'lower it or raise the limit')];
  }
  if (request === most) return [];
  const what = most === undefined ? `is ${quote(value)} without a limit` : `is ${quote(value)}, but its limit ${quote(limit)}`;
  return [problem('limit', path, what, 'give the limit the same value, as only cpu, memory and ephemeral-storage can be overcommitted')];
}
