import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { type Rule, Severity } from '../rule';

export const MM241: Rule = {
  code: 'MM241',
  severity: Severity.ERROR,
  title: 'a model without format and without runtime is never loaded',
  *check(set) {
    for (const { manifest, typePaths } of inferenceServicesOf(set).filter(asksForNothing)) {
      yield {
        manifest,
        path: typePaths.format,
        message:
          'modelFormat.name is missing, and the model names no runtime: no runtime matches it, so it is never loaded; set modelFormat, e.g. { name: sklearn }',
      };
    }
  },
};

function asksForNothing({ type }: InferenceService): boolean {
  return type?.format === '' && type.runtime === undefined;
}
