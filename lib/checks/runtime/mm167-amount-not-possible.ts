import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM167: Rule = {
  code: 'MM167',
  severity: Severity.ERROR,
  title: 'an amount of a resource that cannot be',
  check: (set) => refusedPodFields(set, 'amount'),
};
