import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM171: Rule = {
  code: 'MM171',
  severity: Severity.ERROR,
  title: 'a label, annotation or node selector of the pods that is not valid',
  check: (set) => refusedPodFields(set, 'label'),
};
