import { missingFields } from '../../modelmesh/storage/requirements';
import { modelsOfType } from '../../modelmesh/storage/resolution';
import { shownUri, storagePath } from './shown';
import { type Rule, Severity } from '../rule';

export const MM317: Rule = {
  code: 'MM317',
  severity: Severity.ERROR,
  title: 'a model on a web server without the URL of the server',
  *check(set) {
    for (const { storage, resolved } of modelsOfType(set, 'http')) {
      const isHostless = storage.uri !== undefined && /^https?:\/\/(\?|$)/.test(storage.parameters.url ?? '');
      if (!isHostless && missingFields(storage, resolved, ['url']).length === 0) continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'parameters', 'url'),
        message: isHostless
          ? `storageUri ${shownUri(storage.uri!)} names no host: loading fails; write it as 'https://HOST/PATH'`
          : `storage of type http says no 'url': loading fails; add it to the storage entry or to storage.parameters, e.g. "https://models.example.com"`,
      };
    }
  },
};
