import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { delegationsOf } from './delegates';

export const MM535: Rule = {
  code: 'MM535',
  severity: Severity.ERROR,
  title: 'a VirtualService with hosts cannot be delegated to',
  *check(set) {
    for (const { route, path, target } of delegationsOf(set)) {
      if (target === undefined || target.list('spec', 'hosts').length === 0) continue;
      yield {
        manifest: route.manifest,
        path: [...path, 'name'],
        message: `${fieldText(path)} ${quote(`${target.namespace}/${target.name}`)} has hosts of its own, so it is no delegate, and Istio leaves the route out without a word: remove spec.hosts and spec.gateways there`,
      };
    }
  },
};
