import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { serviceNameProblem } from '../../values/kubernetes-name';
import { type Rule, Severity } from '../rule';

export const MM409: Rule = {
  code: 'MM409',
  severity: Severity.ERROR,
  title: 'inferenceServiceName is no name for a Service',
  *check(set) {
    const { manifest, inferenceServiceName } = controllerConfigOf(set);
    if (manifest === undefined) return;
    const problem = serviceNameProblem('inferenceServiceName', inferenceServiceName);
    if (problem === undefined) return;
    const [what, remedy] = [problem.slice(0, problem.lastIndexOf(': ')), problem.slice(problem.lastIndexOf(': ') + 2)];
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `${what}: the controller deletes the Service of the mesh and cannot make the new one; ${remedy}`,
    };
  },
};
