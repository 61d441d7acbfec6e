import { RESERVED_PORT_RANGE, RESERVED_PORTS } from '../../modelmesh/runtime/reserved';
import { reservedPorts } from '../../modelmesh/runtime/validation';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM113: Rule = {
  code: 'MM113',
  severity: Severity.ERROR,
  title: 'a container declares a port that ModelMesh reserves',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      reservedPorts(runtime).map(({ path, value }) => ({
        path,
        message: `port ${value} is reserved for ModelMesh (${reservedNumbers()}), which makes no pods: let the server listen on another port`,
      })),
    ),
};

function reservedNumbers(): string {
  return `${[...RESERVED_PORTS.keys()].join(', ')}, ${RESERVED_PORT_RANGE.first} to ${RESERVED_PORT_RANGE.last}`;
}
