import { inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM236: Rule = {
  code: 'MM236',
  severity: Severity.ERROR,
  title: 'an InferenceService and a Predictor of one name shut each other out',
  *check(set) {
    if (set.ofKind('serving.kserve.io', 'Predictor').length === 0) return;
    for (const { manifest, name, namespace } of inferenceServicesOf(set)) {
      if (set.find('serving.kserve.io', 'Predictor', namespace, name) === undefined) continue;
      yield {
        manifest,
        path: ['metadata', 'name'],
        message: `there is a Predictor ${quote(name)} too, and both declare the model of that name: ModelMesh takes the first it meets and refuses the other; rename or delete one`,
      };
    }
  },
};
