import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM174: Rule = {
  code: 'MM174',
  severity: Severity.ERROR,
  title: 'a policy or operator that Kubernetes does not know',
  check: (set) => refusedPodFields(set, 'choice'),
};
