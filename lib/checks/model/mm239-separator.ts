import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { hasSeparator, separatorIn } from '../../modelmesh/matching/matched-models';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM239: Rule = {
  code: 'MM239',
  severity: Severity.ERROR,
  title: "',' or '|' in what a model asks for keeps it from being loaded",
  *check(set) {
    for (const { manifest, type, typePaths } of inferenceServicesOf(set).filter(asksWithSeparator)) {
      for (const field of ['format', 'version', 'protocolVersion'] as const) {
        const value = type?.[field];
        const separator = separatorIn(value ?? '');
        if (separator === undefined) continue;
        yield {
          manifest,
          path: typePaths[field],
          message: `${quote(value)} holds ${quote(separator)}, which separates the labels by which ModelMesh finds runtimes: the model is never loaded; use a name without ',' and '|'`,
        };
      }
    }
  },
};

function asksWithSeparator({ type }: InferenceService): boolean {
  return type !== undefined && hasSeparator(type);
}
