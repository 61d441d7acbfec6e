import { isFields } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { Rejection, rejectedServices } from '../../modelmesh/inference-services/inference-services';
import { type Rule, Severity } from '../rule';

export const MM206: Rule = {
  code: 'MM206',
  severity: Severity.ERROR,
  title: 'an InferenceService without a model that ModelMesh knows is refused',
  *check(set) {
    for (const { manifest } of rejectedServices(set, Rejection.NO_MODEL)) {
      yield {
        manifest,
        path: ['spec', 'predictor', 'model'],
        message: `spec.predictor.model is missing${presentText(manifest)}: ModelMesh refuses the InferenceService, in its log alone; declare 'model' with a modelFormat and the place of its bytes`,
      };
    }
  },
};

// What people write in its place, and KServe takes in its other modes.
function presentText(manifest: Manifest): string {
  const other = ['paddle', 'huggingface'].find((framework) => isFields(manifest.value('spec', 'predictor', framework)));
  if (other !== undefined) return `, and ModelMesh knows no framework '${other}'`;
  return manifest.list('spec', 'predictor', 'containers').length > 0 ? ', and containers are no model' : '';
}
