import { OPTIONAL_VOLUMES, TLS_VOLUME } from '../../modelmesh/runtime/reserved';
import { mountedClaimsOf } from '../../modelmesh/storage/claims';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM337: Rule = {
  code: 'MM337',
  severity: Severity.WARNING,
  title: 'a claim with the name of a volume that ModelMesh makes for sockets or TLS',
  *check(set) {
    for (const { name, manifest, path } of mountedClaimsOf(set)) {
      if (!OPTIONAL_VOLUMES.includes(name)) continue;
      const when = name === TLS_VOLUME ? 'TLS is switched on' : 'a runtime gets a unix socket';
      yield {
        manifest,
        path,
        message: `claim ${quote(name)} has the name of a volume that ModelMesh makes when ${when}: from then on one takes the place of the other; rename the claim`,
      };
    }
  },
};
