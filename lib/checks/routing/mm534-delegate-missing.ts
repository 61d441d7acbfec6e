import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { delegationsOf, hasVirtualServices } from './delegates';

export const MM534: Rule = {
  code: 'MM534',
  severity: Severity.WARNING,
  title: 'the VirtualService that a route delegates to is not there',
  *check(set) {
    for (const { route, path, namespace, name, target } of delegationsOf(set)) {
      if (target !== undefined || !hasVirtualServices(set, namespace) || set.isMadeElsewhere('VirtualService', namespace, name)) continue;
      yield {
        manifest: route.manifest,
        path: [...path, 'name'],
        message: `${fieldText(path)} ${quote(`${namespace}/${name}`)} is none of the VirtualServices in the manifests, and Istio leaves the route out without a word: add it, or mend the name`,
      };
    }
  },
};
