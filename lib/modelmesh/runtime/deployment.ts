import type { ManifestSet } from '../../manifests/manifest-set';
import { controllerConfigOf } from '../controller-config/controller-config';
import type { Runtime } from './runtimes';

/** The longest value of a Kubernetes label. */
export const LONGEST_LABEL = 63;

/**
 * Name of the Deployment that ModelMesh makes of a runtime, in every mesh that has it; a label of its pods has the same value.
 *
 * Source: `config/internal/base/deployment.yaml.tmpl` of kserve/modelmesh-serving.
 */
export function deploymentNameOf(set: ManifestSet, runtime: Pick<Runtime, 'name'>): string {
  return `${controllerConfigOf(set).inferenceServiceName}-${runtime.name}`;
}

/** Whether the Deployment's name is too long for the label of that value, so that the API server refuses the Deployment. */
export function isDeploymentNameTooLong(set: ManifestSet, runtime: Runtime): boolean {
  return deploymentNameOf(set, runtime).length > LONGEST_LABEL;
}
