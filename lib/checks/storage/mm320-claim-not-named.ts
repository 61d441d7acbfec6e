import { textAt } from '../../manifests/fields';
import { isMounted } from '../../modelmesh/storage/claims';
import { modelsOfType, type ResolvedModel } from '../../modelmesh/storage/resolution';
import { type Rule, Severity } from '../rule';
import { shownUri, storagePath } from './shown';

export const MM320: Rule = {
  code: 'MM320',
  severity: Severity.ERROR,
  title: 'a model on a claim that it does not name',
  *check(set) {
    for (const { storage, resolved } of modelsOfType(set, 'pvc').filter(lacksName)) {
      // Claims are folders of one folder, so that a path which begins with the name of one finds it.
      if (isMounted(set, storage.manifest.namespace, (storage.path ?? '').split('/')[0]!)) continue;
      if (storage.key !== undefined && resolved.entry === undefined) continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'parameters', 'name'),
        message:
          storage.uri === undefined
            ? "storage of type pvc says no 'name': loading fails; add the claim's name to storage.parameters or to the storage entry"
            : `storageUri ${shownUri(storage.uri)} names no claim: loading fails; write it as 'pvc://CLAIM/PATH'`,
      };
    }
  },
};

function lacksName({ resolved }: ResolvedModel): boolean {
  return resolved.isKnown && (textAt(resolved.parameters, 'name') ?? '') === '';
}
