import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM154: Rule = {
  code: 'MM154',
  severity: Severity.ERROR,
  title: 'an amount that is no quantity',
  check: (set) => refusedFields(set, 'quantity'),
};
