/** A model of ModelMesh. @param predictor fields of `spec.predictor`, as YAML in one line */
export function service(predictor: string, { name = 'm', namespace = 'ml', annotations = MODE, spec = '' } = {}): string {
  return `---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: '${name}', namespace: ${namespace}, annotations: { ${annotations} } }
spec: { predictor: { ${predictor} }${spec} }
`;
}

export const MODE = "serving.kserve.io/deploymentMode: 'ModelMesh'";

/** A model of a format, in the usual form. @param more further fields of the model */
export function model(format: string, more = '', options: Parameters<typeof service>[1] = {}): string {
  return service(`model: { modelFormat: ${format}, storageUri: 's3://b/p'${more} }`, options);
}

/** A runtime that the controller serves. @param more further fields of its spec */
export function runtime(
  name: string,
  formats: string,
  more = '',
  { kind = 'ServingRuntime', namespace = 'ml', multiModel = true } = {},
): string {
  return `---
apiVersion: serving.kserve.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  multiModel: ${multiModel}
  grpcEndpoint: port:9000
  supportedModelFormats: [${formats}]
  containers: [{ name: server, image: 'example.com/server:1.0' }]
  ${more}
`;
}

export const SKLEARN = "{ name: sklearn, version: '0', autoSelect: true }";
