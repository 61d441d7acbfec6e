import { isFields } from '../../manifests/fields';
import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { labelProblems, qualifiedKeyProblem } from '../../values/kubernetes-name';
import { type Rule, Severity } from '../rule';

export const MM420: Rule = {
  code: 'MM420',
  severity: Severity.ERROR,
  title: 'a label or annotation of all runtime pods is not valid',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    const settings = controllerSettingsOf(set);
    const problems = [
      ...labelProblems('label', texts(settings['runtimepodlabels'])).map((problem) => `runtimePodLabels: ${problem}`),
      ...Object.keys(texts(settings['runtimepodannotations'])).flatMap((key) => {
        const problem = qualifiedKeyProblem('annotation key', key);
        return problem === undefined ? [] : [`runtimePodAnnotations: ${problem}`];
      }),
    ];
    for (const problem of problems) {
      const colon = problem.lastIndexOf(': ');
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `${problem.slice(0, colon)}, so that no runtime gets a Deployment: ${problem.slice(colon + 2)}`,
      };
    }
  },
};

function texts(value: unknown): { readonly [key: string]: string } {
  if (!isFields(value)) return {};
  // A flag arrives as a number (mapstructure, decodeString).
  const textOf = (item: unknown): string => (typeof item === 'boolean' ? String(Number(item)) : String(item ?? ''));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item)]));
}
