import { labelAndAnnotationProblems } from '../../modelmesh/schemas/object-meta';
import { type Rule, Severity } from '../rule';

export const MM159: Rule = {
  code: 'MM159',
  severity: Severity.ERROR,
  title: 'a label or annotation of an object is not valid',
  check: (set) => labelAndAnnotationProblems(set.all),
};
