import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { isAutoscaled } from '../../modelmesh/runtime/autoscaling';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM145: Rule = {
  code: 'MM145',
  severity: Severity.WARNING,
  title: 'a runtime with one pod',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const own = runtime.manifest.number('spec', 'replicas');
      if (isAutoscaled(runtime) || (own ?? controllerConfigOf(set).podsPerRuntime) !== 1) return [];
      const what = own === undefined ? "podsPerRuntime of ModelMesh's configuration is 1" : 'spec.replicas is 1';
      const message = `${what}, so all models of the runtime are out of reach whenever its one pod is: use 2 or more`;
      return [{ path: ['spec', 'replicas'], message }];
    }),
};
