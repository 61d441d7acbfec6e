import { Rejection, rejectedServices } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM208: Rule = {
  code: 'MM208',
  severity: Severity.ERROR,
  title: "'storageUri' beside 'storage.path' is refused",
  *check(set) {
    for (const { manifest, modelPath } of rejectedServices(set, Rejection.TWO_PLACES)) {
      yield {
        manifest,
        path: [...modelPath, 'storageUri'],
        message: `storageUri stands beside storage.path ${quote(manifest.value(...modelPath, 'storage', 'path'))}: ModelMesh refuses the InferenceService, in its log alone; remove one of the two`,
      };
    }
  },
};
