import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { isFields } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';

export const MM235: Rule = {
  code: 'MM235',
  severity: Severity.WARNING,
  title: 'an explainer in deployment mode ModelMesh is not deployed',
  *check(set) {
    for (const { manifest } of inferenceServicesOf(set).filter(hasExplainerAlone)) {
      yield {
        manifest,
        path: ['spec', 'explainer'],
        message:
          "spec.explainer is none of ModelMesh's, and KServe leaves it out in this mode: nobody deploys it; deploy the explainer as a workload of its own that calls the model",
      };
    }
  },
};

function hasExplainerAlone({ manifest }: InferenceService): boolean {
  return isFields(manifest.value('spec', 'explainer')) && !isFields(manifest.value('spec', 'transformer'));
}
