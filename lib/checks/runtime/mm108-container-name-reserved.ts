import { RESERVED_CONTAINERS } from '../../modelmesh/runtime/reserved';
import { adapterNamesakes, reservedContainers } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM108: Rule = {
  code: 'MM108',
  severity: Severity.ERROR,
  title: 'a container has a name that ModelMesh uses itself',
  check: (set) =>
    hitsInServed(set, (runtime) => [
      ...reservedContainers(runtime).map(({ path, value }) => ({
        path,
        message: `container name ${quote(value)} is reserved for ModelMesh (${RESERVED_CONTAINERS.join(', ')}, mm-*), which makes no pods: choose another`,
      })),
      ...adapterNamesakes(runtime).map(({ path, value }) => ({
        path,
        message: `container name ${quote(value)} is that of the built-in adapter, which ModelMesh adds, and the API server refuses two containers of one name: choose another`,
      })),
    ]),
};
