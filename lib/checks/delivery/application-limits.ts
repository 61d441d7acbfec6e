import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { manifestsByFolder } from './application-folders';

const MAX_OBJECTS = 1000;

export const MM601: Rule = {
  code: 'MM601',
  severity: Severity.WARNING,
  title: 'more objects in one folder than an Argo CD Application carries well',
  *check(set) {
    for (const [folder, manifests] of manifestsByFolder(set)) {
      if (manifests.length <= MAX_OBJECTS) continue;
      yield {
        manifest: manifests[0]!,
        path: [],
        message: `folder ${quote(folder)} holds ${manifests.length} objects, and an Argo CD Application of more than ${MAX_OBJECTS} comes close to what etcd stores in one object: divide them among several folders, e.g. with ModelShards`,
      };
    }
  },
};

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
