import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM168: Rule = {
  code: 'MM168',
  severity: Severity.ERROR,
  title: 'a port of a container out of range or taken',
  check: (set) => refusedPodFields(set, 'portNumber'),
};
