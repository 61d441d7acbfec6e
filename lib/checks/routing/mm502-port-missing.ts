import { fieldText } from '../../manifests/fields';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { MM501 } from './mm501-port-missing-unreachable';
import { isForSidecars, destinationsOf } from './istio-routes';
import { portList, serviceAt } from './known-services';

export const MM502: Rule = {
  code: 'MM502',
  severity: Severity.WARNING,
  title: 'a destination without a port goes to whatever port the gateway listens on',
  *check(set) {
    const errors = new Set([...MM501.check(set)].map(({ manifest, path }) => `${manifest.title} ${fieldText(path)}`));
    for (const { manifest, path, host, service: name, port } of destinationsOf(set)) {
      if (port !== undefined || errors.has(`${manifest.title} ${fieldText([...path, 'port'])}`)) continue;
      if (isForSidecars(manifest)) continue; // there the listener has the port that the client asked for
      const service = serviceAt(set, name);
      if (service === undefined || service.ports.length < 2) continue;
      const wanted = service.isMesh ? servicePortsOf(set).grpc : service.ports[0]!.number;
      yield {
        manifest,
        path: [...path, 'port'],
        message: `${fieldText(path)}.port is missing and ${quote(host)} has the ports ${portList(service)}: Istio takes the one with the number of the gateway's port; set it, e.g. { number: ${wanted} }`,
      };
    }
  },
};
