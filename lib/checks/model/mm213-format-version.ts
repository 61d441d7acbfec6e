import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { listText, runtimeTitle } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM213: Rule = {
  code: 'MM213',
  severity: Severity.ERROR,
  title: 'a version of a format that no runtime lists is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.VERSION)) {
      const { runtime, formats } = misses[0]!;
      const versions = formats.map(({ version }) => (version === undefined ? 'no version' : quote(version)));
      yield {
        manifest,
        path: typePaths.version,
        message: `version ${quote(type.version)} of format ${quote(type.format)} is listed by no runtime; ${runtimeTitle(runtime)} lists ${listText(versions)}, and ModelMesh compares versions as texts: it never loads the model; write one of those, or leave the version out`,
      };
    }
  },
};
