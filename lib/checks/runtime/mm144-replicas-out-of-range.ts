import { runtimesOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

export const MM144: Rule = {
  code: 'MM144',
  severity: Severity.ERROR,
  title: 'replicas that the controller cannot read',
  check: (set) =>
    // The controller lists the single-model runtimes, too.
    hitsIn(runtimesOf(set), ({ manifest }) => {
      const replicas = manifest.number('spec', 'replicas');
      if (replicas === undefined || (Number.isInteger(replicas) && replicas >= 0 && replicas <= 65535)) return [];
      const message = `spec.replicas is ${quote(replicas)}; where no webhook refuses it, the controller can read no runtime of the cluster any more: use a whole number from 0 to 65535`;
      return [{ path: ['spec', 'replicas'], message }];
    }),
};
