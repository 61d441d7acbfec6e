import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { coversHost, tlsNamespacesOf } from '../../modelmesh/installation/tls';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM433: Rule = {
  code: 'MM433',
  severity: Severity.ERROR,
  title: "a certificate lacks the name of the mesh's Service",
  *check(set) {
    const { tlsSecretName, inferenceServiceName } = controllerConfigOf(set);
    const meshes = new Set(tlsNamespacesOf(set).flatMap(({ namespace, hasRuntimePods }) => (hasRuntimePods ? [namespace] : [])));
    for (const manifest of set.ofKind('cert-manager.io', 'Certificate')) {
      if (!meshes.has(manifest.namespace) || manifest.text('spec', 'secretName') !== tlsSecretName) continue;
      const host = `${inferenceServiceName}.${manifest.namespace}`;
      if (manifest.list('spec', 'dnsNames').some((name) => typeof name === 'string' && coversHost(name, host))) continue;
      yield {
        manifest,
        path: ['spec', 'dnsNames'],
        message: `no entry of spec.dnsNames is ${quote(host)}: by that name ModelMesh's controller calls the runtime pods, and refuses their certificate without it, so no model is loaded; add ${quote(host)}`,
      };
    }
  },
};
