import { predictorFields } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM228: Rule = {
  code: 'MM228',
  severity: Severity.WARNING,
  title: 'containerConcurrency in an InferenceService is ignored',
  *check(set) {
    for (const { service, path, value } of predictorFields(set, new Set(['containerConcurrency']))) {
      yield {
        manifest: service.manifest,
        path,
        message: `spec.predictor.containerConcurrency (${quote(value)}) is ignored: requests in parallel to one model are limited for a whole runtime; set annotation perModelConcurrencyLimit of the ServingRuntime`,
      };
    }
  },
};
