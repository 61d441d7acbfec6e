import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { meshNamespacesOf } from '../../modelmesh/installation/namespaces';
import { SERVICE_LABEL } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM408: Rule = {
  code: 'MM408',
  severity: Severity.WARNING,
  title: "the mesh's own Service is written by hand",
  *check(set) {
    const { inferenceServiceName } = controllerConfigOf(set);
    for (const manifest of set.ofKind('', 'Service')) {
      if (manifest.name !== inferenceServiceName || !meshNamespacesOf(set).has(manifest.namespace)) continue;
      if (manifest.value('metadata', 'labels', SERVICE_LABEL) === undefined) continue;
      yield {
        manifest,
        path: ['spec'],
        message: `Service ${quote(manifest.name)} is made by ModelMesh's controller, which writes its own ports, selector and labels over these; remove it, or give it another name and no label ${SERVICE_LABEL}`,
      };
    }
  },
};
