import { fieldText } from '../../manifests/fields';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { listenersOf } from './istio-gateways';
import { destinationsOf, portsOfRoute } from './istio-routes';
import { serviceAt } from './known-services';

export const MM501: Rule = {
  code: 'MM501',
  severity: Severity.ERROR,
  title: 'a destination without a port takes the port of the listener, which leads nowhere',
  *check(set) {
    for (const { manifest, path, host, service: name, port, route } of destinationsOf(set)) {
      const service = port === undefined ? serviceAt(set, name) : undefined;
      if (service === undefined || service.ports.length < 2) continue;
      const ports = route === undefined ? undefined : portsOfRoute(route);
      const listener = listenersOf(set, manifest).find(({ port: number, isHttp2 }) => {
        if (ports?.includes(number) === false) return false;
        const target = service.ports.find((item) => item.number === number);
        return target === undefined || (service.isMesh && isHttp2 && number !== servicePortsOf(set).grpc);
      });
      if (listener === undefined) continue;
      const target = service.ports.find((item) => item.number === listener.port);
      const end = target === undefined ? 'but the Service has no such port' : `which is its port ${quote(target.name)} that speaks no gRPC`;
      const wanted = service.isMesh ? servicePortsOf(set).grpc : service.ports[0]!.number;
      yield {
        manifest,
        path: [...path, 'port'],
        message: `${fieldText(path)}.port is missing and ${quote(host)} has several ports: Istio takes the port of the gateway, ${listener.port}, ${end}; set it, e.g. { number: ${wanted} }`,
      };
    }
  },
};
