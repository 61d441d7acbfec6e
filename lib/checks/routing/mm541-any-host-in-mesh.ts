import { type Rule, Severity } from '../rule';
import { isForSidecars, virtualServicesOf } from './istio-routes';

export const MM541: Rule = {
  code: 'MM541',
  severity: Severity.ERROR,
  title: 'a VirtualService for sidecars has the host *',
  *check(set) {
    for (const manifest of virtualServicesOf(set)) {
      const index = manifest.list('spec', 'hosts').indexOf('*');
      if (index < 0 || !isForSidecars(manifest)) continue;
      const why =
        manifest.list('spec', 'gateways').length === 0 ? 'spec.gateways is missing, which means' : "spec.gateways has 'mesh', which means";
      yield {
        manifest,
        path: ['spec', 'hosts', index],
        message: `host '*' is only for gateways, and ${why} the sidecars, so Istio refuses the VirtualService: name a gateway, e.g. gateways: [grpc-gateway], or a host`,
      };
    }
  },
};
