import { RUNTIME_ANNOTATION } from '../../modelmesh/labels-and-annotations';
import { Rejection, rejectedServices } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM205: Rule = {
  code: 'MM205',
  severity: Severity.ERROR,
  title: "'model' beside the annotation that names a runtime is refused",
  *check(set) {
    for (const { manifest } of rejectedServices(set, Rejection.MODEL_AND_RUNTIME_ANNOTATION)) {
      yield {
        manifest,
        path: ['metadata', 'annotations', RUNTIME_ANNOTATION],
        message: `annotation '${RUNTIME_ANNOTATION}' (${quote(manifest.annotation(RUNTIME_ANNOTATION))}) beside 'model': ModelMesh refuses the InferenceService, in its log alone; name the runtime in spec.predictor.model.runtime instead`,
      };
    }
  },
};
