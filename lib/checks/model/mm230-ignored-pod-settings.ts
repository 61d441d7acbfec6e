import { CONTAINER_FIELDS, modelFields, POD_FIELDS, predictorFields } from '../../modelmesh/inference-services/ignored-fields';
import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';

export const MM230: Rule = {
  code: 'MM230',
  severity: Severity.WARNING,
  title: 'settings of pods and containers in an InferenceService are ignored',
  *check(set) {
    for (const { service, path } of [...predictorFields(set, POD_FIELDS), ...modelFields(set, CONTAINER_FIELDS)]) {
      yield {
        manifest: service.manifest,
        path,
        message: `${fieldText(path)} is ignored: a model of ModelMesh has no pods of its own, the runtime's pods hold many models; set it in the ServingRuntime`,
      };
    }
  },
};
