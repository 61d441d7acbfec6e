import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM155: Rule = {
  code: 'MM155',
  severity: Severity.ERROR,
  title: 'a number out of the range of the definition',
  check: (set) => refusedFields(set, 'range'),
};
