import { modelsOfType } from '../../modelmesh/storage/resolution';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

const STORES = [
  ['s3', 'bucket'],
  ['gcs', 'bucket'],
  ['azure', 'container'],
] as const;

export const MM329: Rule = {
  code: 'MM329',
  severity: Severity.WARNING,
  title: 'a model that is a whole bucket',
  *check(set) {
    for (const [type, store] of STORES) {
      for (const { storage } of modelsOfType(set, type)) {
        if (storage.path !== '' || storage.parameters[store] === '') continue;
        yield {
          manifest: storage.manifest,
          path: storagePath(storage, 'path'),
          message: `the model has no path: ModelMesh downloads everything in the ${store} for each copy of it; add the path of the model's file or folder`,
        };
      }
    }
  },
};
