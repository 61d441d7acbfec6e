import { DEPLOYMENT_MODE } from '../../modelmesh/labels-and-annotations';
import { otherInferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { isAlmostModelMesh } from '../../modelmesh/inference-services/deployment-mode';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM202: Rule = {
  code: 'MM202',
  severity: Severity.ERROR,
  title: "a deployment mode that is almost 'ModelMesh' is ignored",
  *check(set) {
    for (const manifest of otherInferenceServicesOf(set)) {
      const mode = manifest.annotation(DEPLOYMENT_MODE);
      if (mode === undefined || !isAlmostModelMesh(mode)) continue;
      yield {
        manifest,
        path: ['metadata', 'annotations', DEPLOYMENT_MODE],
        message: `deployment mode ${quote(mode)} is not 'ModelMesh', with which ModelMesh compares it exactly: nobody serves the model; write 'ModelMesh'`,
      };
    }
  },
};
