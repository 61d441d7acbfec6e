import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM170: Rule = {
  code: 'MM170',
  severity: Severity.ERROR,
  title: 'a container name that is no DNS label',
  check: (set) => refusedPodFields(set, 'containerName'),
};
