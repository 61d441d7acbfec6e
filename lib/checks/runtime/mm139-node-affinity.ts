import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM139: Rule = {
  code: 'MM139',
  severity: Severity.WARNING,
  title: 'a required node affinity does not bind',
  check: (set) =>
    hitsInServed(set, ({ manifest }) => {
      const path = ['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];
      if (manifest.list(...path).length === 0) return [];
      const message =
        "ModelMesh adds a term of its own to the required node affinity, and one term that holds is enough, so the pods also run on nodes that the runtime's terms exclude: use spec.nodeSelector";
      return [{ path, message }];
    }),
};
