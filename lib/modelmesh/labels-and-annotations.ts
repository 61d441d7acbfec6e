/** The label of a Namespace by which ModelMesh's controller takes it. Only the text `true` switches it on. */
export const MESH_LABEL = 'modelmesh-enabled';

/**
 * The label by which ModelMesh's controller knows the Services that it made. Any other Service that carries the key in its metadata is deleted;
 * a selector may use it.
 *
 * Source: `controllers/service_controller.go` of kserve/modelmesh-serving.
 */
export const SERVICE_LABEL = 'modelmesh-service';

/** The annotation that says who deploys an InferenceService. */
export const DEPLOYMENT_MODE = 'serving.kserve.io/deploymentMode';
/** Its value for ModelMesh, compared exactly. */
export const MODEL_MESH_MODE = 'ModelMesh';
/** The annotation that names a runtime in the older form of an InferenceService; together with `spec.predictor.model` ModelMesh refuses it. */
export const RUNTIME_ANNOTATION = 'serving.kserve.io/servingRuntime';

/** Annotations of a runtime that its autoscaling follows. */
export const AUTOSCALING = {
  CLASS: 'serving.kserve.io/autoscalerClass',
  METRIC: 'serving.kserve.io/metrics',
  UTILIZATION: 'serving.kserve.io/targetUtilizationPercentage',
  MINIMUM: 'serving.kserve.io/min-scale',
  MAXIMUM: 'serving.kserve.io/max-scale',
} as const;
/** The one class that ModelMesh accepts. KServe knows `external` and `none`, too. */
export const AUTOSCALER_CLASS = 'hpa';
