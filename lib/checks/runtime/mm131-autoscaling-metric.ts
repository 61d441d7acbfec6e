import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, AUTOSCALING_METRICS, isAutoscaled, webhookRuntimesOf } from '../../modelmesh/runtime/autoscaling';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

export const MM131: Rule = {
  code: 'MM131',
  severity: Severity.ERROR,
  title: 'a metric that ModelMesh does not scale by',
  check: (set) =>
    hitsIn(webhookRuntimesOf(set).filter(isAutoscaled), ({ manifest }) => {
      const value = manifest.annotation(AUTOSCALING.METRIC);
      if (value === undefined || AUTOSCALING_METRICS.includes(value)) return [];
      const message = `metrics is ${quote(value)}, by which ModelMesh cannot scale, and its webhook refuses the runtime: use one of ${AUTOSCALING_METRICS.join(', ')}`;
      return [{ path: annotationPath(AUTOSCALING.METRIC), message }];
    }),
};
