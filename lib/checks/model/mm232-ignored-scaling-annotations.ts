import { scalingAnnotations } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM232: Rule = {
  code: 'MM232',
  severity: Severity.WARNING,
  title: 'annotations about the number of copies on an InferenceService are ignored',
  *check(set) {
    for (const { service, path, name } of scalingAnnotations(set)) {
      yield {
        manifest: service.manifest,
        path,
        message: `${quote(name)} is ignored on an InferenceService: ModelMesh scales whole runtimes; set serving.kserve.io/autoscalerClass: hpa, min-scale and max-scale in metadata.annotations of the ServingRuntime`,
      };
    }
  },
};
