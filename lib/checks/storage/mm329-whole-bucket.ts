import { resolvedModelsOf } from '../../modelmesh/storage-resolution';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

const STORES: { readonly [type: string]: string } = { s3: 'bucket', gcs: 'bucket', azure: 'container' };

export const MM329: Rule = {
  code: 'MM329',
  severity: Severity.WARNING,
  title: 'a model that is a whole bucket',
  *check(set) {
    for (const { storage, resolved } of resolvedModelsOf(set)) {
      const store = STORES[resolved.type ?? ''];
      if (store === undefined || storage.path !== '' || storage.parameters[store] === '') continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'path'),
        message: `the model has no path: ModelMesh downloads everything in the ${store} for each copy of it; add the path of the model's file or folder`,
      };
    }
  },
};
