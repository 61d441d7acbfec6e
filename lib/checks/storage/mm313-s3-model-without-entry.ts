import { missingFields, S3_FIELDS } from '../../modelmesh/storage/requirements';
import { modelsOfType } from '../../modelmesh/storage/resolution';
import { type Rule, Severity } from '../rule';

export const MM313: Rule = {
  code: 'MM313',
  severity: Severity.ERROR,
  title: 'a model on S3 without a storage entry for its credentials',
  *check(set) {
    for (const { storage, resolved } of modelsOfType(set, 's3')) {
      if (storage.key !== undefined || !resolved.isKnown || resolved.entry !== undefined) continue;
      if (missingFields(storage, resolved, S3_FIELDS, true).length === 0) continue;
      yield {
        manifest: storage.manifest,
        path: [...storage.spec, 'storage', 'key'],
        message:
          "storage.key is missing, and the storage Secret has no entry 'default_s3': without credentials loading from S3 fails; name the entry of the store with storage.key, or add it as 'default_s3'",
      };
    }
  },
};
