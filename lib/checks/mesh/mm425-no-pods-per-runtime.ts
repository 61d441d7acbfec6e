import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { servedRuntimesOf } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';

export const MM425: Rule = {
  code: 'MM425',
  severity: Severity.ERROR,
  title: 'podsPerRuntime is 0: no runtime gets pods',
  *check(set) {
    const { manifest, podsPerRuntime } = controllerConfigOf(set);
    if (manifest === undefined || podsPerRuntime !== 0) return;
    const runtimes = servedRuntimesOf(set).map((runtime) => runtime.manifest);
    const hasPods = runtimes.filter(
      (runtime) => runtime.value('spec', 'replicas') !== undefined || runtime.annotation(AUTOSCALING.CLASS) !== undefined,
    );
    if (runtimes.length > 0 && hasPods.length === runtimes.length) return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: 'podsPerRuntime is 0: a runtime without replicas of its own never gets a pod, even when models need it; set it to 2',
    };
  },
};
