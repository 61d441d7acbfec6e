import { unservedModelsOf } from '../../modelmesh/matching/explanation';
import { RuntimeState, runtimesIn } from '../../modelmesh/matching/matching';
import { runtimeTitle } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM218: Rule = {
  code: 'MM218',
  severity: Severity.ERROR,
  title: 'a model that names a single-model runtime is never loaded',
  *check(set) {
    for (const { manifest, namespace, type, typePaths } of unservedModelsOf(set)) {
      const runtime = runtimesIn(set, namespace).byName.get(type.runtime ?? '');
      if (runtime?.state !== RuntimeState.SINGLE_MODEL || runtime.hides !== undefined) continue;
      yield {
        manifest,
        path: typePaths.runtime,
        message: `${runtimeTitle(runtime)} has no multiModel: true, and ModelMesh serves no other runtimes: the model is never loaded; name a multi-model runtime`,
      };
    }
  },
};
