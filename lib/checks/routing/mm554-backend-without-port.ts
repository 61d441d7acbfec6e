import { fieldText } from '../../manifests/fields';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { backendsOf } from './gateway-api-routes';
import { isMeshService } from './known-services';

export const MM554: Rule = {
  code: 'MM554',
  severity: Severity.ERROR,
  title: 'a backend of a Gateway API route has no port',
  *check(set) {
    for (const { manifest, path, fields, service } of backendsOf(set)) {
      if (service === undefined || fields['port'] !== undefined) continue;
      const example = isMeshService(set, service) ? `, e.g. ${servicePortsOf(set).grpc}` : '';
      yield {
        manifest,
        path: [...path, 'port'],
        message: `${fieldText(path)}.port is missing, and the API server refuses a backend ${quote(service.name)} of kind Service without it: set it${example}`,
      };
    }
  },
};
