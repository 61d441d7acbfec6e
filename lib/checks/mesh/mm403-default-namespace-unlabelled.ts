import { MESH_LABEL } from '../../modelmesh/labels-and-annotations';
import { meshContentsOf, MeshState, meshStateOf } from '../../modelmesh/installation/namespaces';
import { type Rule, Severity } from '../rule';

/** The namespace in which ModelMesh's own installation puts its controller. */
export const DEFAULT_NAMESPACE = 'modelmesh-serving';

export const MM403: Rule = {
  code: 'MM403',
  severity: Severity.WARNING,
  title: 'the namespace modelmesh-serving relies on the controller living in it',
  *check(set) {
    const manifest = set.find('', 'Namespace', '', DEFAULT_NAMESPACE);
    if (manifest === undefined || !meshContentsOf(set).has(DEFAULT_NAMESPACE)) return;
    if (manifest.value('metadata', 'labels', MESH_LABEL) !== undefined || meshStateOf(set, DEFAULT_NAMESPACE) !== MeshState.DISABLED)
      return;
    yield {
      manifest,
      path: ['metadata', 'labels', MESH_LABEL],
      message: `label ${MESH_LABEL} is missing: what is in the namespace is served only while ModelMesh's controller runs in it too; set the label to the text "true"`,
    };
  },
};
