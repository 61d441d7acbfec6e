import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { meshNamespacesOf } from '../../modelmesh/installation/namespaces';
import { SERVICE_LABEL } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM407: Rule = {
  code: 'MM407',
  severity: Severity.ERROR,
  title: "a Service of one's own has the name of the mesh's Service",
  *check(set) {
    const { inferenceServiceName } = controllerConfigOf(set);
    for (const manifest of set.ofKind('', 'Service')) {
      if (manifest.name !== inferenceServiceName || !meshNamespacesOf(set).has(manifest.namespace)) continue;
      if (manifest.value('metadata', 'labels', SERVICE_LABEL) !== undefined) continue;
      yield {
        manifest,
        path: ['metadata', 'name'],
        message: `name is ${quote(manifest.name)}, which ModelMesh's controller gives to the Service that it makes in this namespace: it fails with "already exists", and no model of the mesh can be loaded; choose another name`,
      };
    }
  },
};
