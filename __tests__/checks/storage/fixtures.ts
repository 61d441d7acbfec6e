/** A model in ModelMesh mode in the namespace `ns`. @param fields of `spec.predictor.model` beside the format, as a YAML flow map */
export function model(fields: string, name = 'm', annotations = ''): string {
  return `---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: ${name}, namespace: ns, annotations: { serving.kserve.io/deploymentMode: ModelMesh${annotations} } }
spec: { predictor: { model: { modelFormat: { name: sklearn }, ${fields} } } }
`;
}

/** The storage Secret of a namespace, with JSON objects for its entries. */
export function secretOf(entries: { readonly [key: string]: unknown }, namespace = 'ns'): string {
  const texts = Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, JSON.stringify(value)]));
  return secret(`stringData: ${JSON.stringify(texts)}`, namespace);
}

/** The storage Secret of a namespace. */
export function secret(rest: string, namespace = 'ns'): string {
  return `---
apiVersion: v1
kind: Secret
metadata: { name: storage-config, namespace: ${namespace} }
${rest}
`;
}

/** A namespace that ModelMesh serves in. */
export const NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ns, labels: { modelmesh-enabled: 'true' } }\n";

/** A runtime with the puller. */
export function runtime(spec = '', { kind = 'ServingRuntime', name = 'rt', namespace = 'ns' } = {}): string {
  return `---
apiVersion: serving.kserve.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`} }
spec: { multiModel: true, grpcEndpoint: 'port:8001', containers: [{ name: server, image: 'example.com/a:1' }]${spec === '' ? '' : `, ${spec}`} }
`;
}

/** A claim. */
export function claim(name = 'c', { mode = 'ReadWriteMany', namespace = 'ns' } = {}): string {
  return `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec: { accessModes: [${mode}] }
`;
}

/** The settings of the controller. */
export function settings(text: string): string {
  return `---
apiVersion: v1
kind: ConfigMap
metadata: { name: model-serving-config, namespace: modelmesh }
data: { config.yaml: '${text}' }
`;
}

/** All that S3 needs beside the bucket. */
export const S3 = { type: 's3', access_key_id: '${A}', secret_access_key: '${B}', endpoint_url: 'https://s3.example.com', region: 'r' };
