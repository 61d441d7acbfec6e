import { DEFINED_KINDS } from '../../modelmesh/schemas/kinds';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM160: Rule = {
  code: 'MM160',
  severity: Severity.ERROR,
  title: 'a version of a kind that there is not',
  *check(set) {
    for (const { kind, apiVersion } of DEFINED_KINDS) {
      // Without its group it is a kind of Kubernetes itself, which has none of that name.
      const manifests = [...set.ofKind('serving.kserve.io', kind), ...set.ofKind('', kind)];
      for (const manifest of manifests.filter((each) => each.apiVersion !== apiVersion)) {
        const message = `apiVersion is ${quote(manifest.apiVersion)}, the API server has no ${kind} of that version: write ${quote(apiVersion)}`;
        yield { manifest, path: ['apiVersion'], message };
      }
    }
  },
};
