import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { regexesOf } from './regex-places';

const MAX_LENGTH = 1024;

export const MM517: Rule = {
  code: 'MM517',
  severity: Severity.ERROR,
  title: 'a regular expression is longer than Istio takes',
  *check(set) {
    for (const { manifest, path, regex } of regexesOf(set)) {
      const bytes = Buffer.byteLength(regex);
      if (bytes <= MAX_LENGTH) continue;
      yield {
        manifest,
        path,
        message: `${fieldText(path)} has ${bytes} bytes and Istio refuses more than ${MAX_LENGTH}: split it over several matches, or use exact or prefix`,
      };
    }
  },
};
