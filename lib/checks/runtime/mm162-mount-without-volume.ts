import { refusedPodFields } from '../../modelmesh/pod-template/pod-template';
import { type Rule, Severity } from '../rule';

export const MM162: Rule = {
  code: 'MM162',
  severity: Severity.ERROR,
  title: 'a mount of a volume that nobody declares',
  check: (set) => refusedPodFields(set, 'mount'),
};
