import { readUrisOf } from '../../modelmesh/storage/model-uris';
import { type Rule, Severity } from '../rule';
import { shownUri } from './shown';

export const MM331: Rule = {
  code: 'MM331',
  severity: Severity.WARNING,
  title: 'a part of storageUri that ModelMesh drops',
  *check(set) {
    for (const { manifest, spec, uri, location } of readUrisOf(set)) {
      if (location.dropped === undefined) continue;
      const sign = location.dropped === 'query' ? '?' : '#';
      yield {
        manifest,
        path: [...spec, 'storageUri'],
        message: `storageUri ${shownUri(uri)} has a ${location.dropped}: ModelMesh drops the '${sign}' and what follows; remove it, or write '${sign === '?' ? '%3F' : '%23'}' where it belongs to the path`,
      };
    }
  },
};
