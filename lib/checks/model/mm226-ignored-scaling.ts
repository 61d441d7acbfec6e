import { predictorFields, SCALING_FIELDS } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM226: Rule = {
  code: 'MM226',
  severity: Severity.WARNING,
  title: 'the number of copies in an InferenceService is ignored',
  *check(set) {
    for (const { service, path, name, value } of predictorFields(set, SCALING_FIELDS)) {
      yield {
        manifest: service.manifest,
        path,
        message: `spec.predictor.${name} (${quote(value)}) is ignored: ModelMesh makes copies of a model by the requests it gets, at most one in a pod; set the number of pods with replicas of the ServingRuntime`,
      };
    }
  },
};
