import { isAutoscaled } from '../../modelmesh/runtime/autoscaling';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM118: Rule = {
  code: 'MM118',
  severity: Severity.WARNING,
  title: 'a runtime without pods',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      if (isAutoscaled(runtime) || runtime.manifest.number('spec', 'replicas') !== 0) return [];
      const message =
        'spec.replicas is 0, so the runtime never serves a model, even when one asks for it: use 2 or more, or set spec.disabled to true';
      return [{ path: ['spec', 'replicas'], message }];
    }),
};
