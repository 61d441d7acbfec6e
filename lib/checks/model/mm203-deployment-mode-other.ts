import { DEPLOYMENT_MODE } from '../../modelmesh/labels-and-annotations';
import { otherInferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { isAlmostModelMesh, isMeshNamespace } from '../../modelmesh/inference-services/deployment-mode';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM203: Rule = {
  code: 'MM203',
  severity: Severity.WARNING,
  title: 'an InferenceService of another deployment mode in a namespace of ModelMesh',
  *check(set) {
    for (const manifest of otherInferenceServicesOf(set)) {
      const mode = manifest.annotation(DEPLOYMENT_MODE) ?? '';
      if (mode === '' || isAlmostModelMesh(mode) || !isMeshNamespace(set, manifest.namespace)) continue;
      yield {
        manifest,
        path: ['metadata', 'annotations', DEPLOYMENT_MODE],
        message: `deployment mode ${quote(mode)} in a namespace of ModelMesh: ModelMesh ignores the model; write 'ModelMesh' if it shall serve it, otherwise move the model to another namespace`,
      };
    }
  },
};
