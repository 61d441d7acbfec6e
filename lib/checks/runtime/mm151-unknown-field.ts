import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM151: Rule = {
  code: 'MM151',
  severity: Severity.ERROR,
  title: 'a field that the definition does not know',
  check: (set) => refusedFields(set, 'unknown'),
};
