import { RESERVED_MOUNTS } from '../../modelmesh/runtime/reserved';
import { reservedMounts } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM111: Rule = {
  code: 'MM111',
  severity: Severity.ERROR,
  title: 'a container mounts a volume of ModelMesh',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      reservedMounts(runtime).map(({ path, value }) => ({
        path,
        message: `mounted volume ${quote(value)} is reserved for ModelMesh (${RESERVED_MOUNTS.join(', ')}, mm-*), which makes no pods: remove the mount, or mount a volume of your own`,
      })),
    ),
};
