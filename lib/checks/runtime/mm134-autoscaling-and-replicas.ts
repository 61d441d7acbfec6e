import { isAutoscaled, webhookRuntimesOf } from '../../modelmesh/runtime/autoscaling';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

export const MM134: Rule = {
  code: 'MM134',
  severity: Severity.ERROR,
  title: 'replicas of a runtime that is autoscaled',
  check: (set) =>
    hitsIn(webhookRuntimesOf(set).filter(isAutoscaled), ({ manifest }) => {
      const replicas = manifest.value('spec', 'replicas') ?? undefined;
      // The webhook cannot tell this number from none.
      if (replicas === undefined || replicas === 65535) return [];
      const message = `spec.replicas is ${quote(replicas)} although the autoscaler sets the pods, and ModelMesh's webhook refuses the runtime: remove it, and use the annotations min-scale and max-scale`;
      return [{ path: ['spec', 'replicas'], message }];
    }),
};
