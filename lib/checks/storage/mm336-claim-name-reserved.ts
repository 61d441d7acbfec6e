import { ETCD_VOLUME, POD_VOLUMES } from '../../modelmesh/runtime/reserved';
import { mountedClaimsOf } from '../../modelmesh/storage/claims';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM336: Rule = {
  code: 'MM336',
  severity: Severity.ERROR,
  title: "a claim with the name of one of ModelMesh's own volumes",
  *check(set) {
    for (const { name, manifest, path } of mountedClaimsOf(set)) {
      if (!POD_VOLUMES.includes(name)) continue;
      const effect =
        name === ETCD_VOLUME
          ? "the claim silently takes the place of etcd's credentials, and no pod finds the others"
          : 'the Deployments would have two volumes of one name, and none of the namespace is made or changed';
      yield { manifest, path, message: `claim ${quote(name)} has the name of a volume of ModelMesh's own: ${effect}; rename the claim` };
    }
  },
};
