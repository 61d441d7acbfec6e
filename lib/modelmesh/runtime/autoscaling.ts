import type { FieldPath } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { AUTOSCALER_CLASS, AUTOSCALING } from '../labels-and-annotations';
import { type Runtime, runtimesOf } from './runtimes';

/** What the pods of a runtime can be scaled by. */
export const AUTOSCALING_METRICS: readonly string[] = ['cpu', 'memory'];

/** The runtimes whose autoscaling ModelMesh's webhook validates: the multi-model ones, disabled or not. */
export const webhookRuntimesOf = perSet((set): readonly Runtime[] => runtimesOf(set).filter(({ isMultiModel }) => isMultiModel));

/**
 * Whether an autoscaler is made for a runtime; only then does the webhook look at its numbers of pods.
 *
 * Source: `apis/serving/v1alpha1/servingruntime_webhook.go` of kserve/modelmesh-serving.
 */
export function isAutoscaled({ manifest }: Runtime): boolean {
  return manifest.annotation(AUTOSCALING.CLASS) === AUTOSCALER_CLASS;
}

/** The way to an annotation of an object. */
export function annotationPath(key: string): FieldPath {
  return ['metadata', 'annotations', key];
}
