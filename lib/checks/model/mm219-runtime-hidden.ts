import { unservedModelsOf } from '../../modelmesh/matching/explanation';
import { RuntimeState, runtimesIn } from '../../modelmesh/matching/matching';
import { runtimeTitle, stateText } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM219: Rule = {
  code: 'MM219',
  severity: Severity.ERROR,
  title: 'a model that names a cluster-wide runtime which its namespace switches off is never loaded',
  *check(set) {
    for (const { manifest, namespace, type, typePaths } of unservedModelsOf(set)) {
      const runtime = runtimesIn(set, namespace).byName.get(type.runtime ?? '');
      if (runtime?.hides === undefined || runtime.state === RuntimeState.REFUSED) continue;
      yield {
        manifest,
        path: typePaths.runtime,
        message: `${runtimeTitle(runtime)} ${stateText(runtime.state)} and hides the ClusterServingRuntime of that name, so a model that names it is never loaded: delete or rename the ServingRuntime, or name another runtime`,
      };
    }
  },
};
