import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM173: Rule = {
  code: 'MM173',
  severity: Severity.ERROR,
  title: 'a probe that is not valid',
  check: (set) => refusedPodFields(set, 'probe'),
};
