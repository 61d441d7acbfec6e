import { missingServerContainers } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM107: Rule = {
  code: 'MM107',
  severity: Severity.ERROR,
  title: 'no container is named as the built-in adapter needs',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      missingServerContainers(set, runtime).map(({ path, value }) => ({
        path,
        message: `no container is named ${quote(value)}, which is how the built-in adapter finds the model server, so ModelMesh makes no pods: give the server's container that name`,
      })),
    ),
};
