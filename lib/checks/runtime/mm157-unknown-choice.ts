import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM157: Rule = {
  code: 'MM157',
  severity: Severity.ERROR,
  title: 'a text that is none of those that the definition takes',
  check: (set) => refusedFields(set, 'choice'),
};
