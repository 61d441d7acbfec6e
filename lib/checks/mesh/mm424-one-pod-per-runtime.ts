import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { type Rule, Severity } from '../rule';

export const MM424: Rule = {
  code: 'MM424',
  severity: Severity.WARNING,
  title: 'every runtime has a single pod',
  *check(set) {
    const { manifest, podsPerRuntime } = controllerConfigOf(set);
    if (manifest === undefined || podsPerRuntime !== 1) return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: 'podsPerRuntime is 1: a model has one copy, and cannot be reached while its pod restarts or moves; set it to 2 or more',
    };
  },
};
