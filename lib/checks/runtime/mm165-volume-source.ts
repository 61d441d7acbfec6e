import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM165: Rule = {
  code: 'MM165',
  severity: Severity.ERROR,
  title: 'a volume with two sources',
  check: (set) => refusedPodFields(set, 'volumeSource'),
};
