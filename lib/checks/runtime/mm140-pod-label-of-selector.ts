import { selectorLabels } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM140: Rule = {
  code: 'MM140',
  severity: Severity.ERROR,
  title: 'a pod label takes the pods away from their Deployment',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      selectorLabels(set, runtime).map(({ path, value }) => ({
        path,
        message: `pod label ${quote(path.at(-1))} with the value ${quote(value)} replaces the one that ModelMesh selects its pods by, and the API server refuses the Deployment: remove it`,
      })),
    ),
};
