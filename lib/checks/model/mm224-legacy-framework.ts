import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM224: Rule = {
  code: 'MM224',
  severity: Severity.WARNING,
  title: "a framework instead of 'model' is the older form of an InferenceService",
  *check(set) {
    for (const { manifest, framework, modelPath } of inferenceServicesOf(set).filter(isLegacy)) {
      yield {
        manifest,
        path: modelPath,
        message: `spec.predictor.${framework} is the older form, which KServe has deprecated: ModelMesh takes ${quote(framework)} for the format, without a version; write model: { modelFormat: { name: ${framework} }, ... }`,
      };
    }
  },
};

function isLegacy({ framework }: InferenceService): boolean {
  return framework !== undefined;
}
