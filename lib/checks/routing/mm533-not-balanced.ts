import { fieldText, listAt, textAt } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { mappingRoutesOf } from './dynamic-subset-routes';
import { destinationsIn, type HttpRoute } from './istio-routes';
import { isMeshService } from './known-services';

export const MM533: Rule = {
  code: 'MM533',
  severity: Severity.WARNING,
  title: 'requests that reach the holder of their model are forwarded all the same',
  *check(set) {
    for (const { route } of mappingRoutesOf(set)) {
      if (!destinationsIn(route).some(({ service }) => service !== undefined && isMeshService(set, service)) || isBalanced(route)) continue;
      const place = [...route.path, 'headers', 'request', 'set'];
      yield {
        manifest: route.manifest,
        path: place,
        message: `${fieldText(place)} lacks mm-balanced, so a pod that holds the model still forwards requests to other holders: set mm-balanced: "true"`,
      };
    }
  },
};

function isBalanced({ fields }: HttpRoute): boolean {
  return [fields, ...listAt(fields, 'route')].some((place) =>
    ['set', 'add'].some((how) => textAt(place, 'headers', 'request', how, 'mm-balanced') === 'true'),
  );
}
