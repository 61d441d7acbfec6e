import { findClaim, mountedClaimsOf } from '../../modelmesh/storage/claims';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM334: Rule = {
  code: 'MM334',
  severity: Severity.ERROR,
  title: 'a claim that models are on is in another namespace',
  *check(set) {
    for (const { name, namespace, manifest, path, entryKey } of mountedClaimsOf(set)) {
      const place = findClaim(set, namespace.name, name);
      if (place.kind !== 'other-namespace') continue;
      const effect = entryKey === undefined ? 'loading fails' : 'every runtime pod stays Pending';
      yield {
        manifest,
        path,
        message: `claim ${quote(name)} is in namespace ${quote(place.manifest.namespace)}, but the runtime pods that mount it are in ${quote(namespace.name)}, and pods see only claims of their own namespace: ${effect}; declare the claim in ${quote(namespace.name)}`,
      };
    }
  },
};
