import { builtInRuntimeProps } from '../../lib/runtime/built-in-runtime';
import { TRITON } from '../../lib/runtime/triton';
import { runtimeManifest } from './helpers';

describe('Triton', () => {
  it('is the runtime that ModelMesh 0.12 ships', () => {
    expect(runtimeManifest(builtInRuntimeProps(TRITON, {}))).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { name: 'triton-2.x', namespace: 'models', annotations: { maxLoadingConcurrency: '2' } },
      spec: {
        multiModel: true,
        supportedModelFormats: [
          { name: 'keras', version: '2', autoSelect: true },
          { name: 'onnx', version: '1', autoSelect: true },
          { name: 'pytorch', version: '1', autoSelect: true },
          { name: 'tensorflow', version: '1', autoSelect: true },
          { name: 'tensorflow', version: '2', autoSelect: true },
          { name: 'tensorrt', version: '7', autoSelect: true },
          { name: 'sklearn', version: '0', autoSelect: false },
          { name: 'xgboost', version: '1', autoSelect: false },
          { name: 'lightgbm', version: '3', autoSelect: false },
        ],
        protocolVersions: ['grpc-v2'],
        grpcEndpoint: 'port:8085',
        grpcDataEndpoint: 'port:8001',
        builtInAdapter: {
          serverType: 'triton',
          runtimeManagementPort: 8001,
          memBufferBytes: 134_217_728,
          modelLoadingTimeoutMillis: 90_000,
        },
        containers: [
          {
            name: 'triton',
            image: 'nvcr.io/nvidia/tritonserver:23.04-py3',
            command: ['/bin/sh'],
            args: [
              '-c',
              'mkdir -p /models/_triton_models && chmod 777 /models/_triton_models && exec tritonserver' +
                ' --model-repository=/models/_triton_models --model-control-mode=explicit --strict-model-config=false' +
                ' --strict-readiness=false --allow-http=true --allow-sagemaker=false',
            ],
            resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
            livenessProbe: {
              exec: {
                command: ['curl', '--fail', '--silent', '--show-error', '--max-time', '9', 'http://localhost:8000/v2/health/live'],
              },
              initialDelaySeconds: 5,
              periodSeconds: 30,
              timeoutSeconds: 10,
            },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
  });
});
