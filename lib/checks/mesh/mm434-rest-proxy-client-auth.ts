import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM434: Rule = {
  code: 'MM434',
  severity: Severity.WARNING,
  title: 'the REST proxy has no certificate for tls.clientAuth require',
  *check(set) {
    const { manifest, isRestProxyEnabled, tlsSecretName } = controllerConfigOf(set);
    if (manifest === undefined || !isRestProxyEnabled || tlsSecretName === '') return;
    if (meshConfigOf(set).tlsClientAuth.toLowerCase() !== 'require') return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `tls.clientAuth is ${quote('require')} beside the REST proxy, which calls the pod without a certificate: every REST request fails; write "optional", or set restProxy.enabled to false`,
    };
  },
};
