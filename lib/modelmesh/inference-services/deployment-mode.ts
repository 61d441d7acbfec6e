import type { ManifestSet } from '../../manifests/manifest-set';
import { MESH_LABEL, MODEL_MESH_MODE } from '../labels-and-annotations';
import { meshContentsOf, MeshState, meshStateOf } from '../installation/namespaces';

/**
 * Whether ModelMesh is at home in a namespace, so that an InferenceService there is probably meant for it: the manifests show its label, or a
 * runtime of ModelMesh in it.
 */
export function isMeshNamespace(set: ManifestSet, namespace: string): boolean {
  if (meshStateOf(set, namespace) === MeshState.DISABLED) return false;
  const isLabelled = set.find('', 'Namespace', '', namespace)?.label(MESH_LABEL) === 'true';
  return isLabelled || (meshContentsOf(set).get(namespace)?.runtimes.length ?? 0) > 0;
}

/** Whether a deployment mode is `ModelMesh` but for upper and lower case, blanks and marks: nobody else has a mode of such a name. */
export function isAlmostModelMesh(mode: string): boolean {
  return mode === MODEL_MESH_MODE || mode.toLowerCase().replace(/[^a-z]/g, '') === 'modelmesh';
}
