import { INFERENCE_SERVICE_SPEC } from './inference-service';
import { PREDICTOR_SPEC } from './predictor';
import { SERVING_RUNTIME_SPEC } from './serving-runtime';
import { ANY, type FieldsShape, fields } from './shape';

/** A kind that ModelMesh's CustomResourceDefinitions define, in its one version. */
export interface DefinedKind {
  readonly kind: string;
  readonly apiVersion: string;
  /** What it may hold beside `metadata`, which is the same for all kinds. The status is not looked at: it is not for authors. */
  readonly shape: FieldsShape;
}

/** The kinds of the group `serving.kserve.io` that ModelMesh installs. */
export const DEFINED_KINDS: readonly DefinedKind[] = [
  defined('ServingRuntime', 'serving.kserve.io/v1alpha1', SERVING_RUNTIME_SPEC),
  defined('ClusterServingRuntime', 'serving.kserve.io/v1alpha1', SERVING_RUNTIME_SPEC),
  defined('InferenceService', 'serving.kserve.io/v1beta1', INFERENCE_SERVICE_SPEC),
  defined('Predictor', 'serving.kserve.io/v1alpha1', PREDICTOR_SPEC),
];

/** All kinds that are known in that group: KServe, which may be installed beside ModelMesh, has more of them. */
export const KNOWN_KINDS: readonly string[] = [
  ...DEFINED_KINDS.map(({ kind }) => kind),
  ...['ClusterStorageContainer', 'InferenceGraph', 'TrainedModel', 'LLMInferenceService', 'LLMInferenceServiceConfig'],
  ...['LocalModelCache', 'LocalModelNode', 'LocalModelNodeGroup', 'LocalModelNamespaceCache'],
];

function defined(kind: string, apiVersion: string, spec: FieldsShape): DefinedKind {
  return { kind, apiVersion, shape: fields({ apiVersion: 'string', kind: 'string', metadata: ANY, spec, status: ANY }) };
}
