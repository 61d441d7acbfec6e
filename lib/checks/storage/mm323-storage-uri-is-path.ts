import { refusedUrisOf } from '../../modelmesh/storage/model-uris';
import { type Rule, Severity } from '../rule';
import { shownUri } from './shown';

export const MM323: Rule = {
  code: 'MM323',
  severity: Severity.ERROR,
  title: 'a storageUri that is a path',
  *check(set) {
    for (const { manifest, spec, uri } of refusedUrisOf(set, 'no-scheme')) {
      yield {
        manifest,
        path: [...spec, 'storageUri'],
        message: `storageUri ${shownUri(uri)} has no scheme: ModelMesh's controller refuses the model, and says so only in its log; put the path into storage.path, or write a URI such as 'pvc://CLAIM/PATH'`,
      };
    }
  },
};
