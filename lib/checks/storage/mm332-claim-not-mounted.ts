import type { ManifestSet } from '../../manifests/manifest-set';
import { allowsAnyPvc, claimOfModel, isMounted } from '../../modelmesh/storage/claims';
import { modelsOfType, type ResolvedModel } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { storagePath } from './shown';

export const MM332: Rule = {
  code: 'MM332',
  severity: Severity.ERROR,
  title: 'a model on a claim that ModelMesh does not mount',
  *check(set) {
    if (allowsAnyPvc(set) === undefined) return;
    for (const model of modelsOfType(set, 'pvc').filter((each) => isNotMounted(set, each))) {
      const { storage, resolved } = model;
      const { secret } = resolved;
      const claim = claimOfModel(model) ?? '';
      if (claim === '' || secret.kind !== 'known') continue;
      // An entry that another tool fills in may name the claim.
      if (secret.hasUnknownEntries) continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'parameters', 'name'),
        message: `claim ${quote(claim)} is mounted into no runtime pod, since no storage entry names it: loading fails; add the entry {"type": "pvc", "name": ${JSON.stringify(claim)}} to Secret ${quote(secret.manifest?.name)}, or set allowAnyPVC in model-serving-config`,
      };
    }
  },
};

function isNotMounted(set: ManifestSet, model: ResolvedModel): boolean {
  return !isMounted(set, model.storage.manifest.namespace, claimOfModel(model) ?? '');
}
