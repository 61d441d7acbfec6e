import { goInteger } from '../../modelmesh/runtime/adapter';
import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, webhookRuntimesOf } from '../../modelmesh/runtime/autoscaling';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

export const MM132: Rule = {
  code: 'MM132',
  severity: Severity.ERROR,
  title: 'the target utilization is no percentage',
  check: (set) =>
    // The webhook reads this one with and without a class.
    hitsIn(webhookRuntimesOf(set), ({ manifest }) => {
      const value = manifest.annotation(AUTOSCALING.UTILIZATION);
      const percent = goInteger(value);
      if (value === undefined || (percent !== undefined && percent >= 1 && percent <= 100)) return [];
      const message = `targetUtilizationPercentage is ${quote(value)}, and ModelMesh's webhook refuses the runtime: use a whole number from 1 to 100`;
      return [{ path: annotationPath(AUTOSCALING.UTILIZATION), message }];
    }),
};
