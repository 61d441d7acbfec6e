import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { RUNTIME_ANNOTATION } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM225: Rule = {
  code: 'MM225',
  severity: Severity.ERROR,
  title: 'a framework that is the name of no format is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths, isLegacy } of unservedFor(set, MissReason.FORMAT)) {
      if (!isLegacy) continue;
      yield {
        manifest,
        path: typePaths.format,
        message: `framework ${quote(type.format)} is taken for a format, which no runtime of the namespace lists: the model is never loaded; write 'model' with the format of the file, or name a runtime in annotation '${RUNTIME_ANNOTATION}'`,
      };
    }
  },
};
