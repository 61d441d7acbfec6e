import { MissReason, selectedFormats, unservedFor } from '../../modelmesh/matching/explanation';
import { listText } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM211: Rule = {
  code: 'MM211',
  severity: Severity.ERROR,
  title: 'a format that no runtime lists is never loaded',
  *check(set) {
    for (const { manifest, namespace, type, typePaths, isLegacy } of unservedFor(set, MissReason.FORMAT)) {
      if (isLegacy) continue;
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${quote(type.format)} is listed by no runtime of the namespace, so the model is never loaded: use one of ${listText(selectedFormats(set, namespace))}, or list it in supportedModelFormats of a runtime with autoSelect: true`,
      };
    }
  },
};
