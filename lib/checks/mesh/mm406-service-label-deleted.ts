import { SERVICE_LABEL } from '../../modelmesh/labels-and-annotations';
import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { meshNamespacesOf } from '../../modelmesh/installation/namespaces';
import { type Rule, Severity } from '../rule';

export const MM406: Rule = {
  code: 'MM406',
  severity: Severity.ERROR,
  title: 'a Service with the label modelmesh-service is deleted',
  *check(set) {
    const { inferenceServiceName } = controllerConfigOf(set);
    for (const manifest of set.ofKind('', 'Service')) {
      if (manifest.value('metadata', 'labels', SERVICE_LABEL) === undefined) continue;
      if (manifest.name === inferenceServiceName && meshNamespacesOf(set).has(manifest.namespace)) continue; // it is taken over
      yield {
        manifest,
        path: ['metadata', 'labels', SERVICE_LABEL],
        message: `label ${SERVICE_LABEL} is set on a Service of one's own: ModelMesh's controller deletes every Service with this label, in any namespace and whatever the value; remove the label, and keep the key in spec.selector only`,
      };
    }
  },
};
