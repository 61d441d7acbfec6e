import { type FieldPath, fieldsAt, isTrueAt, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import type { PodProblem } from './pod-template';
import { choiceProblems, problem } from './values';

const LARGEST_ID = 2 ** 31 - 1;

/** `securityContext` of a container. */
export function securityProblems(container: unknown, path: FieldPath): PodProblem[] {
  const context = fieldsAt(container, 'securityContext');
  const at = [...path, 'securityContext'];
  const profile = fieldsAt(context, 'seccompProfile');
  return [
    ...['runAsUser', 'runAsGroup'].flatMap((field) => idProblems(context, field, at)),
    ...escalationProblems(context, at),
    ...choiceProblems(context, 'procMount', at, ['Default', 'Unmasked']),
    ...choiceProblems(profile, 'type', [...at, 'seccompProfile'], ['RuntimeDefault', 'Localhost', 'Unconfined']),
    ...(textAt(profile, 'type') === ''
      ? [problem('choice', [...at, 'seccompProfile', 'type'], 'is empty', "use e.g. 'RuntimeDefault'")]
      : []),
    ...profileProblems(profile, [...at, 'seccompProfile', 'localhostProfile']),
  ];
}

function idProblems(context: unknown, field: string, path: FieldPath): PodProblem[] {
  const id = numberAt(context, field);
  if (id === undefined || (id >= 0 && id <= LARGEST_ID)) return [];
  return [problem('security', [...path, field], `is ${quote(id)}`, `use an id from 0 to ${LARGEST_ID}`)];
}

function escalationProblems(context: unknown, path: FieldPath): PodProblem[] {
  if (valueAt(context, 'allowPrivilegeEscalation') !== false) return [];
  const at = [...path, 'allowPrivilegeEscalation'];
  const reason = isTrueAt(context, 'privileged')
    ? 'privileged'
    : listAt(context, 'capabilities', 'add').includes('CAP_SYS_ADMIN')
      ? 'CAP_SYS_ADMIN'
      : undefined;
  return reason === undefined ? [] : [problem('security', at, `is false beside ${reason}`, 'take out one of the two')];
}

function profileProblems(profile: unknown, path: FieldPath): PodProblem[] {
  const isLocal = textAt(profile, 'type') === 'Localhost';
  const file = textAt(profile, 'localhostProfile');
  if (isLocal && (file ?? '') === '') return [problem('security', path, 'is missing', 'set the file of the profile on the nodes')];
  if (!isLocal && file !== undefined) return [problem('security', path, `is ${quote(file)}`, "remove it, or set the type 'Localhost'")];
  return [];
}
