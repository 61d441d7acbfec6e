import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { fullHost, halfNamedService, serviceEntryHosts } from './istio-hosts';
import { destinationsOf } from './istio-routes';
import { isServiceThere } from './known-services';

export const MM506: Rule = {
  code: 'MM506',
  severity: Severity.ERROR,
  title: 'a destination NAME.NAMESPACE is no Service to Istio',
  *check(set) {
    for (const { manifest, path, host } of destinationsOf(set)) {
      const meant = halfNamedService(host);
      if (meant === undefined || serviceEntryHosts(set).has(host) || !isServiceThere(set, meant)) continue;
      yield {
        manifest,
        path: [...path, 'host'],
        message: `${fieldText(path)}.host ${quote(host)} is taken as a full name, which no Service has, so every request fails with 503: write ${quote(fullHost(meant))}`,
      };
    }
  },
};
