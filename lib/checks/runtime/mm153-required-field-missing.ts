import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM153: Rule = {
  code: 'MM153',
  severity: Severity.ERROR,
  title: 'a field that the definition requires is missing',
  check: (set) => refusedFields(set, 'missing'),
};
