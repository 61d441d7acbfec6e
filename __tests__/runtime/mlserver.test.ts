import { builtInRuntimeProps } from '../../lib/runtime/built-in-runtime';
import { MLSERVER } from '../../lib/runtime/mlserver';
import { runtimeManifest } from './helpers';

describe('MLServer', () => {
  it('is the runtime that ModelMesh 0.12 ships', () => {
    expect(runtimeManifest(builtInRuntimeProps(MLSERVER, {}))).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { name: 'mlserver-1.x', namespace: 'models' },
      spec: {
        multiModel: true,
        supportedModelFormats: [
          { name: 'sklearn', version: '0', autoSelect: true },
          { name: 'xgboost', version: '1', autoSelect: true },
          { name: 'lightgbm', version: '3', autoSelect: true },
        ],
        protocolVersions: ['grpc-v2'],
        grpcEndpoint: 'port:8085',
        grpcDataEndpoint: 'port:8001',
        builtInAdapter: {
          serverType: 'mlserver',
          runtimeManagementPort: 8001,
          memBufferBytes: 134_217_728,
          modelLoadingTimeoutMillis: 90_000,
        },
        containers: [
          {
            name: 'mlserver',
            image: 'seldonio/mlserver:1.3.2',
            env: [
              { name: 'MLSERVER_MODELS_DIR', value: '/models/_mlserver_models/' },
              { name: 'MLSERVER_LOAD_MODELS_AT_STARTUP', value: 'false' },
              { name: 'MLSERVER_MODEL_NAME', value: 'dummy-model' },
              { name: 'MLSERVER_GRPC_PORT', value: '8001' },
              { name: 'MLSERVER_HTTP_PORT', value: '8002' },
              { name: 'MLSERVER_HOST', value: '127.0.0.1' },
              { name: 'MLSERVER_GRPC_MAX_MESSAGE_LENGTH', value: '-1' },
              { name: 'MLSERVER_PARALLEL_WORKERS', value: '0' },
            ],
            resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
  });
});
