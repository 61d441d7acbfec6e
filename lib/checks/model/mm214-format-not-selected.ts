import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { runtimeTitle, typeText } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM214: Rule = {
  code: 'MM214',
  severity: Severity.ERROR,
  title: 'a format that runtimes list but do not select is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.NOT_SELECTED)) {
      const { runtime } = misses[0]!;
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${typeText(type)} is listed by ${runtimeTitle(runtime)} without autoSelect: true, so a model that names no runtime is never loaded; name it, runtime: ${runtime.name}, or set autoSelect: true in the runtime`,
      };
    }
  },
};
