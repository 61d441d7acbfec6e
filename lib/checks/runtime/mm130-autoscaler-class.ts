import { AUTOSCALER_CLASS, AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, webhookRuntimesOf } from '../../modelmesh/runtime/autoscaling';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

export const MM130: Rule = {
  code: 'MM130',
  severity: Severity.ERROR,
  title: 'an autoscaler class that ModelMesh does not have',
  check: (set) =>
    hitsIn(webhookRuntimesOf(set), ({ manifest }) => {
      const value = manifest.annotation(AUTOSCALING.CLASS);
      if (value === undefined || value === AUTOSCALER_CLASS) return [];
      // Without the webhook only this one has no class as its effect; the others end the controller.
      const effect = value === 'none' ? '' : ', and without the webhook the controller panics for the whole cluster';
      const message = `autoscalerClass is ${quote(value)}; ModelMesh's webhook refuses the runtime${effect}: use '${AUTOSCALER_CLASS}', or remove the annotation`;
      return [{ path: annotationPath(AUTOSCALING.CLASS), message }];
    }),
};
