import { missingFields } from '../../modelmesh/storage/requirements';
import { modelsOfType } from '../../modelmesh/storage/resolution';
import { type Rule, Severity } from '../rule';

export const MM319: Rule = {
  code: 'MM319',
  severity: Severity.ERROR,
  title: 'a model on an object store without a bucket',
  *check(set) {
    for (const { storage, resolved } of [...modelsOfType(set, 's3'), ...modelsOfType(set, 'gcs')]) {
      if (storage.uri !== undefined) continue;
      // A key that names no entry is a mistake of its own, and the entry may have had the bucket.
      if (storage.key !== undefined && resolved.entry === undefined) continue;
      if (missingFields(storage, resolved, ['bucket']).length === 0) continue;
      yield {
        manifest: storage.manifest,
        path: [...storage.spec, 'storage', 'parameters', 'bucket'],
        message: `storage of type ${resolved.type} says no bucket: loading fails; add 'bucket' to storage.parameters or to the storage entry`,
      };
    }
  },
};
