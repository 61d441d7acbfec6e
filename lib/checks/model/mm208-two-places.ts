import { inferenceServicesOf, Rejection } from '../../modelmesh/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM208: Rule = {
  code: 'MM208',
  severity: Severity.ERROR,
  title: "'storageUri' beside 'storage.path' is refused",
  *check(set) {
    for (const { manifest, rejection, modelPath } of inferenceServicesOf(set)) {
      if (rejection !== Rejection.TWO_PLACES) continue;
      yield {
        manifest,
        path: [...modelPath, 'storageUri'],
        message: `storageUri stands beside storage.path ${quote(manifest.value(...modelPath, 'storage', 'path'))}: ModelMesh refuses the InferenceService, in its log alone; remove one of the two`,
      };
    }
  },
};
