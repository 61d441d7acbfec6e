import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

const MANAGED_BY = 'app.kubernetes.io/managed-by';

export const MM141: Rule = {
  code: 'MM141',
  severity: Severity.WARNING,
  title: 'a pod label that network policies select by',
  check: (set) =>
    hitsInServed(set, ({ manifest }) => {
      const value = manifest.text('spec', 'labels', MANAGED_BY);
      if (value === undefined || value === 'modelmesh-controller') return [];
      const message = `pod label ${quote(MANAGED_BY)} with the value ${quote(value)} replaces ModelMesh's own, by which its network policies let the pods talk to each other: remove it`;
      return [{ path: ['spec', 'labels', MANAGED_BY], message }];
    }),
};
