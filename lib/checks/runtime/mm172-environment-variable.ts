import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM172: Rule = {
  code: 'MM172',
  severity: Severity.ERROR,
  title: 'an environment variable that is not valid',
  check: (set) => refusedPodFields(set, 'env'),
};
