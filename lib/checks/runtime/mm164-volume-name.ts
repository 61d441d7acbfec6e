import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM164: Rule = {
  code: 'MM164',
  severity: Severity.ERROR,
  title: 'a volume name that is taken or not valid',
  check: (set) => refusedPodFields(set, 'volumeName'),
};
