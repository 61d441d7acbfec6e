import { valueAt } from '../../manifests/fields';
import { metricsSchemeOf, metricsScrapesOf } from '../../modelmesh/network/metrics-monitors';
import { type Rule, Severity } from '../rule';

const AUTHORITIES = ['ca', 'caFile'];

export const MM455: Rule = {
  code: 'MM455',
  severity: Severity.WARNING,
  title: 'the certificate of the metrics of ModelMesh is not trusted',
  *check(set) {
    if (metricsSchemeOf(set) !== 'https') return;
    for (const { manifest, path, endpoint, scheme } of metricsScrapesOf(set)) {
      const settings = valueAt(endpoint, 'tlsConfig');
      const isTrusted =
        valueAt(settings, 'insecureSkipVerify') === true || AUTHORITIES.some((field) => valueAt(settings, field) !== undefined);
      // A scrape class of the Prometheus object has TLS settings of its own.
      if (scheme !== 'https' || isTrusted || manifest.value('spec', 'scrapeClass') !== undefined) continue;
      yield {
        manifest,
        path: [...path, 'tlsConfig', 'insecureSkipVerify'],
        message: `the runtime pods serve their metrics with a certificate that they sign themselves, and Prometheus refuses it: set tlsConfig.insecureSkipVerify to true, as ModelMesh's own monitor does`,
      };
    }
  },
};
