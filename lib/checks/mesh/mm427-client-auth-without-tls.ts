import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM427: Rule = {
  code: 'MM427',
  severity: Severity.WARNING,
  title: 'tls.clientAuth without tls.secretName does nothing',
  *check(set) {
    const { manifest, tlsSecretName } = controllerConfigOf(set);
    const { tlsClientAuth } = meshConfigOf(set);
    if (manifest === undefined || tlsSecretName !== '' || tlsClientAuth === '' || tlsClientAuth.toLowerCase() === 'none') return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `tls.clientAuth is ${quote(tlsClientAuth)} without tls.secretName: there is no TLS at all, and anybody may call the mesh; set tls.secretName, e.g. "mm-tls"`,
    };
  },
};
