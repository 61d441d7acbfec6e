import { claimProblemsOf } from '../../modelmesh/storage/claim-spec';
import { type Rule, Severity } from '../rule';

export const MM345: Rule = {
  code: 'MM345',
  severity: Severity.ERROR,
  title: 'a claim without an access mode that Kubernetes knows',
  check: (set) => claimProblemsOf(set).filter(({ part }) => part === 'accessModes'),
};
