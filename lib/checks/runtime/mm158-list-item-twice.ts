import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM158: Rule = {
  code: 'MM158',
  severity: Severity.ERROR,
  title: 'two items of a list that must differ',
  check: (set) => refusedFields(set, 'twice'),
};
