import { HOOK_ANNOTATION } from '../../values/argo-cd-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { annotatedWith, closest, listOf } from './argo-cd-waves';

/** Source: `pkg/sync/common/types.go` of argoproj/gitops-engine. */
const HOOKS = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'];

export const MM607: Rule = {
  code: 'MM607',
  severity: Severity.ERROR,
  title: 'a hook that Argo CD does not know is never applied',
  *check(set) {
    for (const manifest of annotatedWith(set, HOOK_ANNOTATION)) {
      const text = manifest.annotation(HOOK_ANNOTATION);
      // With none that it knows, Argo CD looks at the annotation of Helm.
      if (text === undefined || manifest.annotation('helm.sh/hook') !== undefined) continue;
      const hooks = listOf(text);
      if (hooks.some((hook) => HOOKS.includes(hook))) continue;
      yield {
        manifest,
        path: ['metadata', 'annotations', HOOK_ANNOTATION],
        message: `hook ${quote(text)} is none that Argo CD knows, so the object is never applied: use ${closest(hooks[0] ?? '', HOOKS) ?? `one of ${HOOKS.join(', ')}`}`,
      };
    }
  },
};
