import { fieldText, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { servicesOfSelector } from './gateway-workloads';
import { gatewayManifests, listenersIn } from './istio-gateways';

export const MM545: Rule = {
  code: 'MM545',
  severity: Severity.WARNING,
  title: 'the Service of the gateway pods does not open the port of a Gateway',
  *check(set) {
    const portsBySelector = new Map<string, { readonly services: readonly Manifest[]; readonly ports: ReadonlySet<number> }>();
    for (const manifest of gatewayManifests(set)) {
      const selector = manifest.map('spec', 'selector');
      const key = JSON.stringify(selector);
      const services = servicesOfSelector(set, selector);
      const { ports } = portsBySelector.get(key) ?? { ports: new Set(services.flatMap(portsOf)) };
      portsBySelector.set(key, { services, ports });
      if (services.length === 0) continue;
      for (const { path, port } of listenersIn(manifest)) {
        if (ports.has(port)) continue;
        const place = [...path, 'port', 'number'];
        yield {
          manifest,
          path: place,
          message: `${fieldText(place)} ${quote(port)} is no port of ${services[0]!.title}, which leads to the gateway's pods, so nobody gets there from outside: add it to the Service`,
        };
      }
    }
  },
};

// Istio finds the listener of a Gateway's port by the port of the Service; where there is none, by the port of the pods.
function portsOf(service: Manifest): number[] {
  return listAt(service.fields, 'spec', 'ports').flatMap((port) => {
    const target = valueAt(port, 'targetPort');
    const numbers = [numberAt(port, 'port'), typeof target === 'number' ? target : undefined].filter((number) => number !== undefined);
    return isFields(port) && textAt(port, 'protocol') !== 'UDP' ? numbers : [];
  });
}
