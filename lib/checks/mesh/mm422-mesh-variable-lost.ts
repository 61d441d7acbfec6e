import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { COMPUTED_VARIABLES, meshVariablesOf } from '../../modelmesh/controller-config/mesh-variables';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM422: Rule = {
  code: 'MM422',
  severity: Severity.WARNING,
  title: 'internalModelMeshEnvVars sets a variable that the controller sets again',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const { index, name } of meshVariablesOf(set)) {
      const decider = COMPUTED_VARIABLES.get(name);
      if (decider === undefined) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `internalModelMeshEnvVars[${index}] sets ${quote(name)}, which the controller sets afterwards: the value is lost; remove it, what decides is ${decider}`,
      };
    }
  },
};
