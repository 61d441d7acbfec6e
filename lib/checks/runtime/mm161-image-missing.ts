import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM161: Rule = {
  code: 'MM161',
  severity: Severity.ERROR,
  title: 'a container without an image',
  check: (set) => refusedPodFields(set, 'image'),
};
