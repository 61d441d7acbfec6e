import { DEPLOYMENT_MODE } from '../../modelmesh/labels-and-annotations';
import { otherInferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { isMeshNamespace } from '../../modelmesh/inference-services/deployment-mode';
import { type Rule, Severity } from '../rule';

export const MM201: Rule = {
  code: 'MM201',
  severity: Severity.ERROR,
  title: 'an InferenceService in a namespace of ModelMesh without deployment mode is ignored',
  *check(set) {
    for (const manifest of otherInferenceServicesOf(set)) {
      if ((manifest.value('metadata', 'annotations', DEPLOYMENT_MODE) ?? '') !== '' || !isMeshNamespace(set, manifest.namespace)) continue;
      yield {
        manifest,
        path: ['metadata', 'annotations', DEPLOYMENT_MODE],
        message: `annotation '${DEPLOYMENT_MODE}' is missing: ModelMesh looks at no InferenceService without it; add ${DEPLOYMENT_MODE}: ModelMesh`,
      };
    }
  },
};
