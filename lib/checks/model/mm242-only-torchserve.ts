import { type MatchedModel, matchedModelsOf } from '../../modelmesh/matching/matched-models';
import { listText, typeText } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM242: Rule = {
  code: 'MM242',
  severity: Severity.WARNING,
  title: "a model that only TorchServe serves does not answer KServe's protocol",
  *check(set) {
    for (const { manifest, type, typePaths, match } of matchedModelsOf(set).filter(hasTorchServeAlone)) {
      const names = listText(match.candidates.map(({ name }) => quote(name)));
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${typeText(type)} is served by TorchServe alone (${names}), which answers TorchServe's own gRPC API and neither REST nor KServe's V2 protocol; if the clients use that API, name the runtime with runtime, otherwise use a format that another server loads`,
      };
    }
  },
};

function hasTorchServeAlone({ type, match }: MatchedModel): boolean {
  if (type.runtime !== undefined || match.candidates.length === 0 || match.mayBeUnknown) return false;
  return match.candidates.every(({ serverType }) => serverType === 'torchserve');
}
