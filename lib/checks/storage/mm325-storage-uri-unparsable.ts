import { refusedUrisOf } from '../../modelmesh/storage/model-uris';
import { type Rule, Severity } from '../rule';
import { shownUri } from './shown';

export const MM325: Rule = {
  code: 'MM325',
  severity: Severity.ERROR,
  title: 'a storageUri that cannot be read',
  *check(set) {
    for (const { manifest, spec, uri, location } of refusedUrisOf(set, 'unparsable')) {
      yield {
        manifest,
        path: [...spec, 'storageUri'],
        message: `storageUri ${shownUri(uri)} is no URL (${location.detail}): ModelMesh's controller refuses the model, and says so only in its log; write a '%' of a name as '%25', and no white space in the host`,
      };
    }
  },
};
