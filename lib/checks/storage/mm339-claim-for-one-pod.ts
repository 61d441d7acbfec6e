import { accessModesOf, mountedClaimsOf } from '../../modelmesh/storage/claims';
import { podsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM339: Rule = {
  code: 'MM339',
  severity: Severity.ERROR,
  title: 'a claim that one pod can mount, and a runtime of several pods',
  *check(set) {
    for (const claim of mountedClaimsOf(set)) {
      const found = accessModesOf(set, claim);
      if (found === undefined || found.modes.some((mode) => mode !== 'ReadWriteOncePod')) continue;
      const runtime = claim.namespace.runtimes.find((candidate) => podsOf(set, candidate) > 1);
      if (runtime === undefined) continue;
      yield {
        manifest: found.manifest,
        path: ['spec', 'accessModes'],
        message: `claim ${quote(claim.name)} is ReadWriteOncePod, but runtime ${quote(runtime.name)} has ${podsOf(set, runtime)} pods, which all mount it: one of them starts, the others stay Pending; use ReadWriteMany or ReadOnlyMany`,
      };
    }
  },
};
