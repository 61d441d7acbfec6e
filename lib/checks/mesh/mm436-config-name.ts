import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { dnsSubdomainProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

/** Settings that the controller writes, without quotes, into the template of the Deployments. */
const TEMPLATE_NAMES = ['inferenceServiceName', 'serviceAccountName'];

export const MM436: Rule = {
  code: 'MM436',
  severity: Severity.ERROR,
  title: 'a name in the configuration of ModelMesh that its Deployments cannot carry',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const field of TEMPLATE_NAMES) {
      const value = controllerSettingsOf(set)[field.toLowerCase()];
      const problem = problemOf(field, value);
      if (problem !== undefined) yield { manifest, path: ['data', 'config.yaml'], message: problem };
    }
  },
};

function problemOf(field: string, value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && /^[0-9]+$/.test(value))) {
    return `${field} is ${quote(value)}, which is no text any more where the controller writes it into its Deployments: no runtime gets one; use a name with a letter, other than true and false`;
  }
  // A Service has a rule of its own.
  if (field !== 'serviceAccountName' || typeof value !== 'string' || value === '') return undefined;
  const problem = dnsSubdomainProblem(field, value);
  return problem === undefined ? undefined : `${problem}; no runtime gets a Deployment`;
}
