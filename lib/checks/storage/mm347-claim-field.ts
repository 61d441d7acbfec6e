import { claimProblemsOf } from '../../modelmesh/storage/claim-spec';
import { type Rule, Severity } from '../rule';

export const MM347: Rule = {
  code: 'MM347',
  severity: Severity.ERROR,
  title: 'a field of a claim that the API server refuses',
  check: (set) => claimProblemsOf(set).filter(({ part }) => part === 'field'),
};
