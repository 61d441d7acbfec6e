import { mountedClaimsOf } from '../../modelmesh/storage/claims';
import { dnsLabelProblem } from '../../values/kubernetes-name';
import { type Rule, Severity } from '../rule';

export const MM335: Rule = {
  code: 'MM335',
  severity: Severity.ERROR,
  title: 'a claim whose name cannot be that of a volume',
  *check(set) {
    for (const { name, manifest, path } of mountedClaimsOf(set)) {
      const problem = dnsLabelProblem('claim', name);
      if (problem === undefined) continue;
      const [fact, remedy] = [problem.slice(0, problem.lastIndexOf(': ')), problem.slice(problem.lastIndexOf(': ') + 2)];
      yield {
        manifest,
        path,
        message: `${fact} as the name of a volume, and ModelMesh names the volume after the claim: no Deployment of the namespace is made or changed; rename the claim: ${remedy}`,
      };
    }
  },
};
