import { claimProblemsOf } from '../../modelmesh/storage/claim-spec';
import { type Rule, Severity } from '../rule';

export const MM346: Rule = {
  code: 'MM346',
  severity: Severity.ERROR,
  title: 'a claim without a size',
  check: (set) => claimProblemsOf(set).filter(({ part }) => part === 'size'),
};
