import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

const VALUES = new Set(['none', 'optional', 'require']);

export const MM426: Rule = {
  code: 'MM426',
  severity: Severity.ERROR,
  title: 'tls.clientAuth is neither optional nor require',
  *check(set) {
    const { manifest, tlsSecretName } = controllerConfigOf(set);
    const { tlsClientAuth } = meshConfigOf(set);
    if (manifest === undefined || tlsSecretName === '' || tlsClientAuth === '' || VALUES.has(tlsClientAuth.toLowerCase())) return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `tls.clientAuth is ${quote(tlsClientAuth)}, which the container mm does not know: no runtime pod gets ready; write "optional" or "require", or leave it out`,
    };
  },
};
