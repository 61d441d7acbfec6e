import { claimOfModel } from '../../modelmesh/storage/claims';
import { modelsOfType, type ResolvedModel } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

export const MM328: Rule = {
  code: 'MM328',
  severity: Severity.ERROR,
  title: 'a model on a claim without a path',
  *check(set) {
    for (const model of modelsOfType(set, 'pvc').filter(hasEmptyPath)) {
      const { storage } = model;
      const claim = claimOfModel(model) ?? '';
      if (claim === '') continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'path'),
        message: `the model is the whole claim ${quote(claim)}, without a path on it: ModelMesh links it under one name and looks for it under another, so loading fails; put the model into a folder of the claim and add its path`,
      };
    }
  },
};

/** Whether there is nothing in a path but slashes, and dots between them. */
function hasEmptyPath({ storage }: ResolvedModel): boolean {
  return storage.path !== undefined && /^\.?(\/\.?)*$/.test(storage.path);
}
