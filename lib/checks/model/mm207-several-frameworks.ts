import { isFields } from '../../manifests/fields';
import { FRAMEWORKS, inferenceServicesOf } from '../../modelmesh/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM207: Rule = {
  code: 'MM207',
  severity: Severity.WARNING,
  title: 'of several implementations of a predictor ModelMesh takes one',
  *check(set) {
    for (const { manifest, rejection, modelPath } of inferenceServicesOf(set)) {
      if (rejection !== undefined) continue;
      const taken = modelPath.at(-1);
      for (const other of IMPLEMENTATIONS) {
        if (other === taken || !isFields(manifest.value('spec', 'predictor', other))) continue;
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
