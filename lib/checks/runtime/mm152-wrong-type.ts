import { refusedFields } from '../../modelmesh/schemas/set-problems';
import { type Rule, Severity } from '../rule';

export const MM152: Rule = {
  code: 'MM152',
  severity: Severity.ERROR,
  title: 'a value of the wrong type',
  check: (set) => refusedFields(set, 'type'),
};
