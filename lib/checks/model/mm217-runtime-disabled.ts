import { unservedModelsOf } from '../../modelmesh/matching/explanation';
import { RuntimeState, runtimesIn } from '../../modelmesh/matching/matching';
import { runtimeTitle } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM217: Rule = {
  code: 'MM217',
  severity: Severity.ERROR,
  title: 'a model that names a disabled runtime is never loaded',
  *check(set) {
    for (const { manifest, namespace, type, typePaths } of unservedModelsOf(set)) {
      const runtime = runtimesIn(set, namespace).byName.get(type.runtime ?? '');
      if (runtime?.state !== RuntimeState.DISABLED || runtime.hides !== undefined) continue;
      yield {
        manifest,
        path: typePaths.runtime,
        message: `${runtimeTitle(runtime)} is disabled, so a model that names it is never loaded: remove spec.disabled of the runtime, or name another`,
      };
    }
  },
};
