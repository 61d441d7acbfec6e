import { findClaim, mountedClaimsOf } from '../../modelmesh/storage/claims';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM348: Rule = {
  code: 'MM348',
  severity: Severity.ERROR,
  title: 'a claim of raw blocks cannot hold models',
  *check(set) {
    for (const { name, namespace } of mountedClaimsOf(set)) {
      const claim = findClaim(set, namespace.name, name);
      if (claim.kind !== 'here' || claim.manifest.value('spec', 'volumeMode') !== 'Block') continue;
      yield {
        manifest: claim.manifest,
        path: ['spec', 'volumeMode'],
        message: `claim ${quote(name)} is a raw block device, and ModelMesh mounts it as a folder into every runtime pod, which then never starts: use Filesystem, or leave volumeMode out`,
      };
    }
  },
};
