import { missingFields } from '../../modelmesh/storage/requirements';
import { modelsOfType } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { shownUri, storagePath } from './shown';

export const MM315: Rule = {
  code: 'MM315',
  severity: Severity.ERROR,
  title: 'a model on Azure without its account or its container',
  *check(set) {
    for (const { storage, resolved } of modelsOfType(set, 'azure')) {
      const missing = missingFields(storage, resolved, ['account_name', 'container']);
      if (missing.length === 0) continue;
      yield {
        manifest: storage.manifest,
        path: storagePath(storage, 'parameters'),
        message:
          storage.uri === undefined
            ? `storage of type azure says no ${missing.map(quote).join(' and no ')}: loading fails; add ${missing.length === 1 ? 'it' : 'them'} to the storage entry or to storage.parameters`
            : `storageUri ${shownUri(storage.uri)} names no ${missing.includes('container') ? 'container' : 'account'}: loading fails; write it as 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH'`,
      };
    }
  },
};
