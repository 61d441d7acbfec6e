import { matchedModelsOf } from '../../modelmesh/matching/matched-models';
import { listText, typeText } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM223: Rule = {
  code: 'MM223',
  severity: Severity.WARNING,
  title: 'several runtimes match a model, and any of them may get it',
  *check(set) {
    for (const { manifest, type, typePaths, match } of matchedModelsOf(set).filter((model) => model.match.candidates.length > 1)) {
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${typeText(type)} is selected by ${match.candidates.length} runtimes, ${listText(match.candidates.map(({ name }) => quote(name)))}: ModelMesh loads the model into pods of any of them; name one with runtime, or let only one select the format`,
      };
    }
  },
};
