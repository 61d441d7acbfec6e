import { claimOfModel } from '../../modelmesh/claims';
import { resolvedModelsOf } from '../../modelmesh/storage-resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

/** Empty parts and dots between slashes. */
const LEADS_NOWHERE = /^\.?(\/\.?)*$/;

export const MM328: Rule = {
  code: 'MM328',
  severity: Severity.ERROR,
  title: 'a model on a claim without a path',
  *check(set) {
    for (const model of resolvedModelsOf(set)) {
      const { storage } = model;
      const claim = claimOfModel(model) ?? '';
      if (claim === '' || storage.path === undefined || !LEADS_NOWHERE.test(storage.path)) continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'path'),
        message: `the model is the whole claim ${quote(claim)}, without a path on it: ModelMesh links it under one name and looks for it under another, so loading fails; put the model into a folder of the claim and add its path`,
      };
    }
  },
};
