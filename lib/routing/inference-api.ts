/**
 * The inference API, as far as ModelMesh passes it on to its runtimes. Its management API is another service on the same port.
 */
export const INFERENCE_SERVICE = 'inference.GRPCInferenceService';
/** Methods of that service. */
export const INFERENCE_METHODS: readonly string[] = ['ModelInfer', 'ModelMetadata'];

/** Path of a call by gRPC. */
export function callPath(method: string): string {
  return `/${INFERENCE_SERVICE}/${method}`;
}

/**
 * The paths of JSON requests for the same, as a regular expression that is matched with the whole path. Paths with a version are none of them:
 * they make ModelMesh unload the model.
 */
export const JSON_PATHS = '/v2/models/[^/]+(/infer)?';
