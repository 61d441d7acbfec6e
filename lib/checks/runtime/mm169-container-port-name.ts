import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM169: Rule = {
  code: 'MM169',
  severity: Severity.ERROR,
  title: 'a port name that is taken or not valid',
  check: (set) => refusedPodFields(set, 'portName'),
};
