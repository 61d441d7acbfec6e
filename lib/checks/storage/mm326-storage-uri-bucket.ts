import { readUrisOf } from '../../modelmesh/storage/model-uris';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { shownUri } from './shown';

export const MM326: Rule = {
  code: 'MM326',
  severity: Severity.ERROR,
  title: 'a storageUri without the name of a bucket',
  *check(set) {
    for (const { manifest, spec, uri, location } of readUrisOf(set)) {
      if (location.scheme !== 's3' && location.scheme !== 'gs') continue;
      const bucket = location.parameters.bucket ?? '';
      if (bucket !== '' && !bucket.includes(':')) continue;
      yield {
        manifest,
        path: [...spec, 'storageUri'],
        message:
          bucket === ''
            ? `storageUri ${shownUri(uri)} names no bucket, and that of the storage entry does not count: loading fails; write it as '${location.scheme}://BUCKET/PATH'`
            : `storageUri ${shownUri(uri)} has ${quote(bucket)} for its bucket, which is an address: loading fails; put the address into 'endpoint_url' of the storage entry, and write '${location.scheme}://BUCKET/PATH'`,
      };
    }
  },
};
