import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM163: Rule = {
  code: 'MM163',
  severity: Severity.ERROR,
  title: 'a mount path that is taken or not valid',
  check: (set) => refusedPodFields(set, 'mountPath'),
};
