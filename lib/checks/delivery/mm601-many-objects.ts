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
        message: `folder ${quote(folder)} holds ${manifests.length} objects, and an Argo CD Application of more than ${MAX_OBJECTS} comes close to what etcd stores in one object: divide them among several folders, e.g. with the property modelShards of ModelMesh`,
      };
    }
  },
};
