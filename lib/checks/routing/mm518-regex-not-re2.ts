import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { re2Problem } from './re2';
import { regexesOf } from './regex-places';

export const MM518: Rule = {
  code: 'MM518',
  severity: Severity.ERROR,
  title: 'a regular expression of a VirtualService is none to RE2',
  *check(set) {
    for (const { manifest, path, regex } of regexesOf(set)) {
      const problem = regex === '*' ? undefined : re2Problem(regex); // Istio takes '*' for presence
      if (problem === undefined) continue;
      yield {
        manifest,
        path,
        message: `${fieldText(path)} ${quote(regex)} is refused, ${problem}: write it without, or use exact, prefix or withoutHeaders`,
      };
    }
  },
};
