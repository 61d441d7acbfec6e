import { managedFields } from '../../modelmesh/runtime/validation';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM115: Rule = {
  code: 'MM115',
  severity: Severity.ERROR,
  title: 'a container sets what ModelMesh manages',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      managedFields(runtime).map(({ path, value }) => ({
        path,
        message: `${value} is managed by ModelMesh, which makes no pods of a runtime that sets it: remove it; livenessProbe and startupProbe are allowed`,
      })),
    ),
};
