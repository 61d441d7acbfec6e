import { metricsSchemeOf, metricsScrapesOf } from '../../modelmesh/network/metrics-monitors';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM454: Rule = {
  code: 'MM454',
  severity: Severity.WARNING,
  title: 'the metrics of ModelMesh are fetched with another scheme than they are served with',
  *check(set) {
    const served = metricsSchemeOf(set);
    if (served === undefined) return;
    for (const { manifest, path, scheme } of metricsScrapesOf(set)) {
      if (scheme === served) continue;
      yield {
        manifest,
        path: [...path, 'scheme'],
        message: `scheme is ${quote(scheme)}, and the runtime pods serve their metrics with ${quote(served)}: Prometheus gets none; set scheme to ${quote(served)}, or metrics.scheme in the configuration of ModelMesh to ${quote(scheme)}`,
      };
    }
  },
};
