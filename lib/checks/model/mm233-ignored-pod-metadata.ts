import { podMetadata } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM233: Rule = {
  code: 'MM233',
  severity: Severity.WARNING,
  title: 'annotations and labels for pods on an InferenceService are ignored',
  *check(set) {
    for (const { service, path, name } of podMetadata(set)) {
      yield {
        manifest: service.manifest,
        path,
        message: `${quote(name)} reaches no pod: a model of ModelMesh has none of its own; set it in spec.annotations or spec.labels of the ServingRuntime`,
      };
    }
  },
};
