import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { hasSecret, tlsNamespacesOf } from '../../modelmesh/installation/tls';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM431: Rule = {
  code: 'MM431',
  severity: Severity.ERROR,
  title: 'the Secret with the certificate is missing in a namespace',
  *check(set) {
    const { manifest, tlsSecretName } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const { namespace, hasRuntimePods } of tlsNamespacesOf(set)) {
      if (hasSecret(set, namespace, tlsSecretName)) continue;
      const effect = hasRuntimePods
        ? 'no runtime gets a Deployment there'
        : 'the controller, which runs there, cannot speak with the runtime pods, and loads no model';
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `tls.secretName is ${quote(tlsSecretName)}, which namespace ${quote(namespace)} lacks: ${effect}; add the Secret, or a Certificate that makes it, to the namespace`,
      };
    }
  },
};
