import { deploymentNameOf, isDeploymentNameTooLong, LONGEST_LABEL } from '../../modelmesh/runtime/deployment';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM142: Rule = {
  code: 'MM142',
  severity: Severity.ERROR,
  title: 'the name of a runtime is too long',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      if (!isDeploymentNameTooLong(set, runtime)) return [];
      const name = deploymentNameOf(set, runtime);
      const room = LONGEST_LABEL - (name.length - runtime.name.length);
      const message = `the Deployment's name ${quote(name)} has ${name.length} characters, and as a label of its pods it may have ${LONGEST_LABEL}: shorten the name of the runtime to at most ${room}`;
      return [{ path: ['metadata', 'name'], message }];
    }),
};
