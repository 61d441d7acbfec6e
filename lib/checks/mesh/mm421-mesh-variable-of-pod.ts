import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { meshVariablesOf, POD_FIELD_VARIABLES } from '../../modelmesh/controller-config/mesh-variables';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM421: Rule = {
  code: 'MM421',
  severity: Severity.ERROR,
  title: 'internalModelMeshEnvVars sets a variable that holds a field of the pod',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const { index, name, value } of meshVariablesOf(set)) {
      if (!POD_FIELD_VARIABLES.has(name) || value === '' || value === null || value === undefined) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `internalModelMeshEnvVars[${index}] sets ${quote(name)}, which the pod fills from its own fields: a variable cannot have both, so no runtime gets a Deployment; remove it`,
      };
    }
  },
};
