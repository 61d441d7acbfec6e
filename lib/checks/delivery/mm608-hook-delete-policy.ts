import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { annotatedWith, closest, listOf } from './argo-cd-waves';

const ANNOTATION = 'argocd.argoproj.io/hook-delete-policy';
const POLICIES = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];

export const MM608: Rule = {
  code: 'MM608',
  severity: Severity.WARNING,
  title: 'a hook-delete-policy that Argo CD does not know',
  *check(set) {
    for (const manifest of annotatedWith(set, ANNOTATION)) {
      for (const policy of listOf(manifest.annotation(ANNOTATION))) {
        if (POLICIES.includes(policy)) continue;
        yield {
          manifest,
          path: ['metadata', 'annotations', ANNOTATION],
          message: `hook-delete-policy ${quote(policy)} is none that Argo CD knows, and it goes by BeforeHookCreation instead: use ${closest(policy, POLICIES) ?? `one of ${POLICIES.join(', ')}`}`,
        };
      }
    }
  },
};
