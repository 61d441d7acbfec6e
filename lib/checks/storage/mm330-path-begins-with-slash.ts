import { modelsOfType } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

export const MM330: Rule = {
  code: 'MM330',
  severity: Severity.WARNING,
  title: 'a path in an object store that begins with a slash',
  *check(set) {
    for (const type of ['s3', 'gcs', 'azure']) {
      for (const { storage } of modelsOfType(set, type)) {
        if (storage.path?.startsWith('/') !== true) continue;
        yield {
          manifest: storage.manifest,
          path: storagePath(storage, 'path'),
          message: `the path of the model is ${quote(storage.path)}: a store of type ${type} has no root, so that only objects whose names begin with '/' are found; remove the slash`,
        };
      }
    }
  },
};
