import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { secretKeys } from '../../modelmesh/kubernetes/secret-values';
import { CA_KEY, tlsSecretsOf } from '../../modelmesh/installation/tls';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM435: Rule = {
  code: 'MM435',
  severity: Severity.WARNING,
  title: 'the REST proxy does not trust a certificate of a private authority',
  *check(set) {
    const { manifest, isRestProxyEnabled } = controllerConfigOf(set);
    if (manifest === undefined || !isRestProxyEnabled || meshConfigOf(set).skipsVerify) return;
    const secret = tlsSecretsOf(set).find((candidate) => secretKeys(candidate).has(CA_KEY));
    if (secret === undefined) return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `restProxy.skipVerify is not true, and ${secret.title} has the key ${quote(CA_KEY)}: the REST proxy knows public authorities only and refuses the certificate of its own pod, so every REST request fails; set restProxy.skipVerify to true`,
    };
  },
};
