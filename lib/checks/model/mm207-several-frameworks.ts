import { isFields } from '../../manifests/fields';
import { FRAMEWORKS, type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM207: Rule = {
  code: 'MM207',
  severity: Severity.WARNING,
  title: 'of several implementations of a predictor ModelMesh takes one',
  *check(set) {
    for (const { manifest, rejection, predictor, framework } of inferenceServicesOf(set).filter(hasMoreThanModel)) {
      if (rejection !== undefined) continue;
      const taken = framework ?? 'model';
      for (const other of IMPLEMENTATIONS) {
        if (other === taken || !isFields(predictor[other])) continue;
        yield {
          manifest,
          path: ['spec', 'predictor', other],
          message: `spec.predictor has ${quote(other)} beside ${quote(taken)}: ModelMesh ignores ${quote(other)}, and KServe refuses the two where it is installed; remove one`,
        };
      }
    }
  },
};

const IMPLEMENTATIONS = ['model', ...FRAMEWORKS, 'paddle', 'huggingface'];

function hasMoreThanModel({ predictor, framework = 'model' }: InferenceService): boolean {
  for (const name in predictor) if (name !== framework) return true;
  return false;
}
