import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { destinationsOf } from './istio-routes';
import { portList, serviceAt } from './known-services';

export const MM503: Rule = {
  code: 'MM503',
  severity: Severity.ERROR,
  title: 'a route goes to a port that the Service does not have',
  *check(set) {
    for (const { manifest, path, host, service: name, port } of destinationsOf(set)) {
      const service = port === undefined ? undefined : serviceAt(set, name);
      if (service === undefined || service.ports.length === 0 || service.ports.some(({ number }) => number === port)) continue;
      yield {
        manifest,
        path: [...path, 'port', 'number'],
        message: `${fieldText(path)}.port.number ${quote(port)} is no port of ${quote(host)}, so every request fails with 503: use one of ${portList(service)}`,
      };
    }
  },
};
