import { accessModesOf, mountedClaimsOf } from '../../modelmesh/storage/claims';
import { podsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM305: Rule = {
  code: 'MM305',
  severity: Severity.WARNING,
  title: 'a claim that one node can mount, and several runtime pods',
  *check(set) {
    for (const claim of mountedClaimsOf(set)) {
      const found = accessModesOf(set, claim);
      if (found === undefined || found.modes.some((mode) => mode !== 'ReadWriteOnce')) continue;
      const pods = claim.namespace.runtimes.reduce((sum, runtime) => sum + podsOf(set, runtime), 0);
      if (pods < 2) continue;
      yield {
        manifest: found.manifest,
        path: ['spec', 'accessModes'],
        message: `claim ${quote(claim.name)} is ReadWriteOnce, but ModelMesh mounts it into all ${pods} runtime pods of the namespace: those on another node than the first wait in ContainerCreating; use ReadWriteMany or ReadOnlyMany`,
      };
    }
  },
};
