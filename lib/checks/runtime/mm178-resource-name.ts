import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM178: Rule = {
  code: 'MM178',
  severity: Severity.ERROR,
  title: 'a resource that containers do not have',
  check: (set) => refusedPodFields(set, 'resourceName'),
};
