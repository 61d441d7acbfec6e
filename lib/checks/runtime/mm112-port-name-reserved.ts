import { RESERVED_PORT_NAMES } from '../../modelmesh/runtime/reserved';
import { reservedPortNames } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM112: Rule = {
  code: 'MM112',
  severity: Severity.ERROR,
  title: 'a port has a name that ModelMesh uses itself',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      reservedPortNames(runtime).map(({ path, value }) => ({
        path,
        message: `port name ${quote(value)} is reserved for ModelMesh (${RESERVED_PORT_NAMES.join(', ')}, mm-*), which makes no pods: choose another, or leave out the name`,
      })),
    ),
};
