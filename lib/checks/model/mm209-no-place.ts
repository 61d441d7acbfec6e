import { Rejection, rejectedServices } from '../../modelmesh/inference-services/inference-services';
import { type Rule, Severity } from '../rule';

export const MM209: Rule = {
  code: 'MM209',
  severity: Severity.ERROR,
  title: "a model without 'storageUri' and 'storage.path' is refused",
  *check(set) {
    for (const { manifest, modelPath } of rejectedServices(set, Rejection.NO_PLACE)) {
      yield {
        manifest,
        path: [...modelPath, 'storage', 'path'],
        message:
          'storage.path is missing, and so is storageUri: ModelMesh refuses the InferenceService, in its log alone, also when the bytes are in the image of the runtime; say where the model is',
      };
    }
  },
};
