import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, isAutoscaled } from '../../modelmesh/runtime/autoscaling';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM135: Rule = {
  code: 'MM135',
  severity: Severity.ERROR,
  title: 'an autoscaled runtime never starts while scaling to zero is off',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      controllerConfigOf(set).isScaleToZeroEnabled || !isAutoscaled(runtime)
        ? []
        : [
            {
              path: annotationPath(AUTOSCALING.CLASS),
              message:
                "autoscalerClass is 'hpa' while scaleToZero is off; the controller then asks for the Deployment before it has made it, and makes none: leave scaleToZero.enabled on, or use spec.replicas",
            },
          ],
    ),
};
