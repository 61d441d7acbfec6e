import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { gatewayPodLabels } from './gateway-workloads';
import { gatewayManifests } from './istio-gateways';
import { selects } from './known-services';

export const MM511: Rule = {
  code: 'MM511',
  severity: Severity.WARNING,
  title: 'the selector of a Gateway takes none of the gateway pods',
  *check(set) {
    const pods = gatewayPodLabels(set);
    if (pods.length === 0) return;
    for (const manifest of gatewayManifests(set)) {
      const selector = manifest.map('spec', 'selector');
      if (Object.keys(selector).length === 0 || pods.some((labels) => selects(selector, labels))) continue;
      yield {
        manifest,
        path: ['spec', 'selector'],
        message: `spec.selector ${quote(selector)} takes none of the gateway pods in the manifests, so nobody listens: use labels of theirs, e.g. ${quote(pods[0])}`,
      };
    }
  },
};
