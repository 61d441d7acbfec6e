import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { backendsOf } from './gateway-api-routes';
import { portList, serviceAt } from './known-services';

export const MM555: Rule = {
  code: 'MM555',
  severity: Severity.ERROR,
  title: 'a backend of a Gateway API route has a port that the Service does not have',
  *check(set) {
    for (const { manifest, path, service: name, port } of backendsOf(set)) {
      const service = port === undefined ? undefined : serviceAt(set, name);
      if (service === undefined || service.ports.length === 0 || service.ports.some(({ number }) => number === port)) continue;
      yield {
        manifest,
        path: [...path, 'port'],
        message: `${fieldText(path)}.port ${quote(port)} is no port of Service ${quote(service.name)}, so its requests fail: use one of ${portList(service)}`,
      };
    }
  },
};
