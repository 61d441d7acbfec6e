import { formatLabels, modelTypeText } from '../../modelmesh/runtime/labels';
import { type MatchedModel, matchedModelsOf } from '../../modelmesh/matching/matched-models';
import { formatText, listText, runtimeTitle, typeText } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM222: Rule = {
  code: 'MM222',
  severity: Severity.WARNING,
  title: 'the runtime that a model names does not list its format',
  *check(set) {
    for (const { manifest, type, typePaths, match, isLegacy } of matchedModelsOf(set).filter(namesRuntime)) {
      const runtime = match.candidates[0];
      if (type.format === '' || runtime === undefined || isLegacy) continue;
      const wanted = modelTypeText({ format: type.format, version: type.version });
      const { formats } = runtime.offer;
      if (formats.some((format) => formatLabels(format).includes(wanted))) continue;
      yield {
        manifest,
        path: typePaths.format,
        message: `format ${typeText(type)} is not among those that ${runtimeTitle(runtime)} lists (${formats.length === 0 ? 'none' : listText(formats.map(formatText))}): ModelMesh places the model there unasked, and the server decides when it loads it; check the format or the runtime`,
      };
    }
  },
};

function namesRuntime({ type }: MatchedModel): boolean {
  return type.runtime !== undefined;
}
