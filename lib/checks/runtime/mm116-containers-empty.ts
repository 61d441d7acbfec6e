import { containersOf, hasBuiltInAdapter } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM116: Rule = {
  code: 'MM116',
  severity: Severity.ERROR,
  title: 'a runtime without a container',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      containersOf(runtime).length > 0 || hasBuiltInAdapter(runtime)
        ? []
        : [
            {
              path: ['spec', 'containers'],
              message: "spec.containers is empty: ModelMesh's containers start and wait for a model server that is not there; declare it",
            },
          ],
    ),
};
