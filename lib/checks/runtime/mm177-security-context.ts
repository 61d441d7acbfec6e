import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM177: Rule = {
  code: 'MM177',
  severity: Severity.ERROR,
  title: 'settings of a security context that exclude each other',
  check: (set) => refusedPodFields(set, 'security'),
};
