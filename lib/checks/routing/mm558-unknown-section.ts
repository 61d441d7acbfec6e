import { textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { listenersOfParent, parentsOf, takesListenerSets } from './gateway-api-routes';
import { entries } from './istio-routes';

export const MM558: Rule = {
  code: 'MM558',
  severity: Severity.ERROR,
  title: 'a route names a listener that its Gateway does not have',
  *check(set) {
    for (const parent of parentsOf(set)) {
      const { manifest, path, gateway, sectionName, port } = parent;
      if (gateway === undefined || (sectionName === undefined && port === undefined) || takesListenerSets(gateway)) continue;
      const listeners = entries(gateway.fields, ['spec', 'listeners']);
      if (listeners.length === 0 || listenersOfParent(parent).length > 0) continue;
      const meant = [sectionName === undefined ? [] : `name ${quote(sectionName)}`, port === undefined ? [] : `port ${port}`]
        .flat()
        .join(' and ');
      const names = listeners.map(({ fields }) => quote(textAt(fields, 'name') ?? '')).slice(0, 8);
      yield {
        manifest,
        path: [...path, sectionName === undefined ? 'port' : 'sectionName'],
        message: `${gateway.title} has no listener with ${meant}, so the route is not accepted: use one of ${names.join(', ')}`,
      };
    }
  },
};
