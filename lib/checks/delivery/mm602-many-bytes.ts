import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { manifestsByFolder } from './application-folders';

/** The default of ARGOCD_REPO_SERVER_MAX_COMBINED_DIRECTORY_MANIFESTS_SIZE. */
const MAX_BYTES = 10_000_000;

export const MM602: Rule = {
  code: 'MM602',
  severity: Severity.ERROR,
  title: 'a folder is larger than Argo CD reads',
  *check(set) {
    for (const [folder, manifests] of manifestsByFolder(set)) {
      const bytes = manifests.reduce((sum, { origin }) => sum + (origin.bytes ?? 0), 0);
      if (bytes <= MAX_BYTES) continue;
      yield {
        manifest: manifests[0]!,
        path: [],
        message: `folder ${quote(folder)} holds ${(bytes / 1_000_000).toFixed(1)} MB, and Argo CD refuses more than 10 MB in one Application: divide them among several folders`,
      };
    }
  },
};
