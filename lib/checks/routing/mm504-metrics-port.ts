import { fieldText, listAt, textAt } from '../../manifests/fields';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { destinationsOf, type HttpRoute } from './istio-routes';
import { serviceAt } from './known-services';

export const MM504: Rule = {
  code: 'MM504',
  severity: Severity.WARNING,
  title: 'a route for requests goes to the port of the metrics',
  *check(set) {
    const { metrics, grpc } = servicePortsOf(set);
    for (const { manifest, path, host, service, port, route } of destinationsOf(set)) {
      if (port === undefined || port !== metrics || isForMetrics(route) || serviceAt(set, service)?.isMesh !== true) continue;
      yield {
        manifest,
        path: [...path, 'port', 'number'],
        message: `${fieldText(path)}.port.number ${quote(port)} is where ${quote(host)} gives out metrics, no model answers there: use ${grpc}`,
      };
    }
  },
};

function isForMetrics(route: HttpRoute | undefined): boolean {
  const matches = listAt(route?.fields, 'match');
  return (
    matches.length > 0 &&
    matches.every((match) => (textAt(match, 'uri', 'exact') ?? textAt(match, 'uri', 'prefix') ?? '').startsWith('/metrics'))
  );
}
