import { goInteger } from '../../modelmesh/runtime/adapter';
import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, isAutoscaled, webhookRuntimesOf } from '../../modelmesh/runtime/autoscaling';
import type { Runtime } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn, type Mistake } from './runtime-hits';

export const MM133: Rule = {
  code: 'MM133',
  severity: Severity.ERROR,
  title: 'the fewest and most pods of the autoscaler do not go together',
  check: (set) => hitsIn(webhookRuntimesOf(set).filter(isAutoscaled), podMistakes),
};

function podMistakes({ manifest }: Runtime): Mistake[] {
  const [minimum, maximum] = [manifest.annotation(AUTOSCALING.MINIMUM), manifest.annotation(AUTOSCALING.MAXIMUM)];
  const [fewest, most] = [goInteger(minimum ?? '1'), goInteger(maximum ?? '1')];
  const isFewestValid = fewest !== undefined && fewest >= 1;
  const least = isFewestValid ? fewest : 1;
  const what = maximum === undefined ? 'max-scale is missing and counts as 1' : `max-scale is ${quote(maximum)}`;
  return [
    ...(isFewestValid
      ? []
      : [
          {
            path: annotationPath(AUTOSCALING.MINIMUM),
            message: `min-scale is ${quote(minimum)}, and ModelMesh's webhook refuses the runtime: use a whole number from 1, or leave it out for 1`,
          },
        ]),
    ...(most !== undefined && most >= least
      ? []
      : [
          {
            path: annotationPath(AUTOSCALING.MAXIMUM),
            message: `${what}, and ModelMesh's webhook refuses the runtime: use a whole number from ${least}, not less than min-scale`,
          },
        ]),
  ];
}
