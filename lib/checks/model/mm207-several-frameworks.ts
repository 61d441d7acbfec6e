import { type Fields, isFields } from '../../manifests/fields';
import { FRAMEWORKS, inferenceServicesOf } from '../../modelmesh/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM207: Rule = {
  code: 'MM207',
  severity: Severity.WARNING,
  title: 'of several implementations of a predictor ModelMesh takes one',
  *check(set) {
    for (const { manifest, rejection, predictor, framework } of inferenceServicesOf(set)) {
      const taken = framework ?? 'model';
      if (rejection !== undefined || !hasMoreThan(predictor, taken)) continue;
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

function hasMoreThan(predictor: Fields, taken: string): boolean {
  for (const name in predictor) if (name !== taken) return true;
  return false;
}
