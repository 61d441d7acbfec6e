import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { runtimeTitle } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM212: Rule = {
  code: 'MM212',
  severity: Severity.ERROR,
  title: 'a format in other upper and lower case than the runtime has it is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.CASE)) {
      const { runtime, formats } = misses[0]!;
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${quote(type.format)} is not ${quote(formats[0]!.name)}, which ${runtimeTitle(runtime)} lists: ModelMesh compares them exactly and never loads the model; write ${quote(formats[0]!.name)}`,
      };
    }
  },
};
