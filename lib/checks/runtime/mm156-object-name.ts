import { objectNameProblems } from '../../modelmesh/schemas/object-meta';
import { type Rule, Severity } from '../rule';

export const MM156: Rule = {
  code: 'MM156',
  severity: Severity.ERROR,
  title: 'the name or namespace of an object is not valid',
  check: (set) => objectNameProblems(set.all),
};
