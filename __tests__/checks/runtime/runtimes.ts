import { CATALOGUE } from '../../../lib/checks/catalogue';
import { findingsIn } from '../../support/checks';

/** The rules of this folder: MM101 to MM149. */
export const RULES = CATALOGUE.filter(({ code }) => code >= 'MM101' && code <= 'MM149');

/** A runtime with a built-in adapter in which the rules find nothing. */
export const TRITON = `
apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata:
  name: my-triton
  namespace: modelmesh-serving
  annotations: {}
spec:
  multiModel: true
  grpcEndpoint: port:8085
  grpcDataEndpoint: port:8001
  supportedModelFormats: [{ name: onnx, version: '1', autoSelect: true }]
  builtInAdapter:
    serverType: triton
    runtimeManagementPort: 8001
    memBufferBytes: 134217728
    modelLoadingTimeoutMillis: 90000
  containers:
    - name: triton
      image: nvcr.io/nvidia/tritonserver:23.04-py3
      resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } }
`;

/** A runtime that speaks ModelMesh's own API, in which the rules find nothing. */
export const OWN = `
apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata:
  name: my-runtime
  namespace: modelmesh-serving
  annotations: {}
spec:
  multiModel: true
  grpcEndpoint: port:8085
  supportedModelFormats: [{ name: my-format, version: '1', autoSelect: true }]
  containers:
    - name: server
      image: example.com/server:1.0
      resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } }
`;

/** An MLServer with its adapter in which the rules find nothing. */
export const MLSERVER = TRITON.replace('nvcr.io/nvidia/tritonserver:23.04-py3', 'example.com/my-server:1.0')
  .replaceAll('triton', 'mlserver')
  .replace(
    '      resources',
    `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
        - { name: MLSERVER_GRPC_PORT, value: '8001' }
        - { name: MLSERVER_HTTP_PORT, value: '8002' }
        - { name: MLSERVER_LOAD_MODELS_AT_STARTUP, value: 'false' }
      resources`,
  );

/** A runtime with some texts in place of others. */
export function changed(runtime: string, ...changes: readonly (readonly [before: string, after: string])[]): string {
  return changes.reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`${before} is not in the runtime`);
    return text.replace(before, after);
  }, runtime);
}

/** ModelMesh's configuration with one line of its own. */
export function withConfig(line: string, runtime: string): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { name: model-serving-config, namespace: modelmesh-serving }
data:
  config.yaml: |
    ${line}
---${runtime}`;
}

/** What the rules of runtimes find: code and message. */
export function found(yaml: string, options = ''): string[] {
  return findingsIn(yaml, options, RULES).map(({ code, message }) => `${code} ${message}`);
}
