import type { Manifest } from '../../manifests/manifest';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hostKey } from './destination-rules';
import { gatewaysOf, httpRoutesIn, isForSidecars, portsOfRoute, virtualServicesOf } from './istio-routes';

export const MM510: Rule = {
  code: 'MM510',
  severity: Severity.WARNING,
  title: 'two VirtualServices have one host on one gateway',
  *check(set) {
    const first = new Map<string, Manifest>();
    for (const manifest of virtualServicesOf(set)) {
      if (manifest.value('spec', 'exportTo') !== undefined) continue; // may be for clients of different namespaces
      const gateways = [
        ...gatewaysOf(manifest).map(({ namespace, name }) => ({
          key: `${namespace}/${name}`,
          text: `gateway ${quote(`${namespace}/${name}`)}`,
        })),
        ...(isForSidecars(manifest) ? [{ key: 'mesh', text: 'sidecars' }] : []),
      ];
      const scopes = scopesOf(manifest);
      for (const [index, host] of manifest.list('spec', 'hosts').entries()) {
        if (typeof host !== 'string') continue;
        for (const { key, text } of gateways) {
          const places = scopes.map((scope) => `${key} ${key === 'mesh' ? hostKey(host, manifest.namespace) : host} ${scope}`);
          const other = places.map((place) => first.get(place)).find((found) => found !== undefined);
          for (const place of places) if (!first.has(place)) first.set(place, manifest);
          if (other === undefined || other === manifest) continue;
          yield {
            manifest,
            path: ['spec', 'hosts', index],
            message: `${quote(host)} on the ${text} is a host of ${other.title}, too: which routes come first depends on when the objects were made; put them into one VirtualService, or use delegates`,
          };
        }
      }
    }
  },
};

// Routes for different ports of a gateway do not get into each other's way.
function scopesOf(manifest: Manifest): readonly string[] {
  const ports = httpRoutesIn(manifest).map(portsOfRoute);
  return ports.length === 0 || ports.includes(undefined) ? ['any'] : [...new Set(ports.flat().map(String))];
}
