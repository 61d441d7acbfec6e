import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { isFields } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';

export const MM234: Rule = {
  code: 'MM234',
  severity: Severity.WARNING,
  title: 'a transformer in deployment mode ModelMesh is served only as a Knative service, and only by KServe',
  *check(set) {
    for (const { manifest } of inferenceServicesOf(set).filter(hasTransformer)) {
      yield {
        manifest,
        path: ['spec', 'transformer'],
        message:
          "spec.transformer is none of ModelMesh's: without KServe nobody deploys it, and with KServe it is a Knative service whatever the mode; deploy the transformer as a workload of its own that calls the model",
      };
    }
  },
};

function hasTransformer({ manifest }: InferenceService): boolean {
  return isFields(manifest.value('spec', 'transformer'));
}
