import { frameworksOf, Rejection, rejectedServices } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM204: Rule = {
  code: 'MM204',
  severity: Severity.ERROR,
  title: "'model' beside a framework is refused",
  *check(set) {
    for (const { manifest } of rejectedServices(set, Rejection.MODEL_AND_FRAMEWORK)) {
      const framework = frameworksOf(manifest)[0]!;
      yield {
        manifest,
        path: ['spec', 'predictor', framework],
        message: `spec.predictor has ${quote(framework)} beside 'model': ModelMesh refuses the InferenceService, in its log alone; remove ${quote(framework)}`,
      };
    }
  },
};
