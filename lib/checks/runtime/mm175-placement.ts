import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM175: Rule = {
  code: 'MM175',
  severity: Severity.ERROR,
  title: 'a toleration or affinity that is not valid',
  check: (set) => refusedPodFields(set, 'placement'),
};
