import { predictorFields } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM227: Rule = {
  code: 'MM227',
  severity: Severity.WARNING,
  title: 'canaryTrafficPercent in an InferenceService is ignored',
  *check(set) {
    for (const { service, path, value } of predictorFields(set, new Set(['canaryTrafficPercent']))) {
      yield {
        manifest: service.manifest,
        path,
        message: `spec.predictor.canaryTrafficPercent (${quote(value)}) is ignored: ModelMesh gives all requests to a new revision once it is loaded; declare it as a second InferenceService, and split the requests in front of the mesh`,
      };
    }
  },
};
