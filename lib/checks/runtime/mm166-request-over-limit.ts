import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM166: Rule = {
  code: 'MM166',
  severity: Severity.ERROR,
  title: 'a request that does not fit its limit',
  check: (set) => refusedPodFields(set, 'limit'),
};
