import { type FieldPath, fieldsAt, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import type { PodProblem } from './pod-template';
import { choiceProblems, isPort, isPortName, problem } from './values';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const NUMBERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** The probes of a container. ModelMesh takes no readiness probe: it makes its own. */
export function probeProblems(container: unknown, path: FieldPath): PodProblem[] {
  return ['livenessProbe', 'startupProbe'].flatMap((field) => {
    const probe = valueAt(container, field);
    return isFields(probe) ? problemsOfProbe(probe, [...path, field]) : [];
  });
}

function problemsOfProbe(probe: unknown, path: FieldPath): PodProblem[] {
  const given = HANDLERS.filter((handler) => isFields(valueAt(probe, handler)));
  const success = numberAt(probe, 'successThreshold') ?? 0;
  const grace = numberAt(probe, 'terminationGracePeriodSeconds');
  return [
    ...(given.length === 0 ? [problem('probe', path, 'says not what to ask', 'set exec, httpGet, tcpSocket or grpc')] : []),
    ...(given.length > 1 ? [problem('probe', path, `asks in ${given.length} ways (${given.join(', ')})`, 'keep one of them')] : []),
    ...NUMBERS.filter((field) => (numberAt(probe, field) ?? 0) < 0).map((field) =>
      problem('probe', [...path, field], `is ${quote(numberAt(probe, field))}`, 'use no negative number'),
    ),
    ...(success > 1
      ? [problem('probe', [...path, 'successThreshold'], `is ${quote(success)}`, 'use 1, all that such a probe can have')]
      : []),
    ...(grace !== undefined && grace <= 0
      ? [problem('probe', [...path, 'terminationGracePeriodSeconds'], `is ${quote(grace)}`, 'use at least 1')]
      : []),
    ...handlerProblems(probe, path),
  ];
}

function handlerProblems(probe: unknown, path: FieldPath): PodProblem[] {
  const grpc = numberAt(probe, 'grpc', 'port');
  const isEmpty = isFields(valueAt(probe, 'exec')) && listAt(probe, 'exec', 'command').length === 0;
  return [
    ...(isEmpty ? [problem('probe', [...path, 'exec', 'command'], 'is missing', 'set the command and its arguments')] : []),
    ...portProblems(valueAt(probe, 'httpGet', 'port'), [...path, 'httpGet', 'port']),
    ...portProblems(valueAt(probe, 'tcpSocket', 'port'), [...path, 'tcpSocket', 'port']),
    ...(grpc === undefined ? [] : portProblems(grpc, [...path, 'grpc', 'port'])),
    ...choiceProblems(fieldsAt(probe, 'httpGet'), 'scheme', [...path, 'httpGet'], ['HTTP', 'HTTPS']),
    ...listAt(probe, 'httpGet', 'httpHeaders').flatMap((header, index) => {
      const name = textAt(header, 'name');
      if (name === undefined || /^[-A-Za-z0-9]+$/.test(name)) return [];
      return [problem('probe', [...path, 'httpGet', 'httpHeaders', index, 'name'], `is ${quote(name)}`, "use letters, digits and '-'")];
    }),
  ];
}

function portProblems(port: unknown, path: FieldPath): PodProblem[] {
  if (typeof port === 'number' && !isPort(port)) return [problem('probe', path, `is ${quote(port)}`, 'use a port from 1 to 65535')];
  if (typeof port !== 'string' || isPortName(port)) return [];
  return /^\d+$/.test(port)
    ? [problem('probe', path, `is the string ${quote(port)}`, 'write the number without quotes')]
    : [problem('probe', path, `is ${quote(port)}`, 'use the number or the name of a port')];
}
