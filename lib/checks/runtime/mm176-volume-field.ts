import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM176: Rule = {
  code: 'MM176',
  severity: Severity.ERROR,
  title: 'a field of a volume that is not valid',
  check: (set) => refusedPodFields(set, 'volumeField'),
};
