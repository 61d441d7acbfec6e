import { MESH_LABEL } from '../../modelmesh/labels-and-annotations';
import { controllerNamespacesOf, meshContentsOf } from '../../modelmesh/installation/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM402: Rule = {
  code: 'MM402',
  severity: Severity.ERROR,
  title: 'the label modelmesh-enabled is not the text "true"',
  *check(set) {
    if (controllerNamespacesOf(set).onlyNamespace !== undefined) return;
    for (const manifest of set.ofKind('', 'Namespace')) {
      const value = manifest.map('metadata', 'labels')[MESH_LABEL];
      // A key without a value is an empty text; what is no text at all the API server refuses, as any other label.
      const text = value === null ? '' : value;
      if (typeof text !== 'string' || text === 'true') continue;
      // Switched off on purpose, as long as nothing of ModelMesh's is in it.
      if (text === 'false' && !meshContentsOf(set).has(manifest.name)) continue;
      yield {
        manifest,
        path: ['metadata', 'labels', MESH_LABEL],
        message: `label ${MESH_LABEL} is ${quote(text)}: any other text than "true" switches ModelMesh off in the namespace, and runtimes and models in it are ignored; write "true", in quotes`,
      };
    }
  },
};
