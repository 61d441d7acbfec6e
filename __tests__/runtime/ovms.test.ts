import { builtInRuntimeProps } from '../../lib/runtime/built-in-runtime';
import { OVMS } from '../../lib/runtime/ovms';
import { runtimeManifest } from './helpers';

describe('OpenVINO Model Server', () => {
  it('is the runtime that ModelMesh 0.12 ships', () => {
    expect(runtimeManifest(builtInRuntimeProps(OVMS, {}))).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { name: 'ovms-1.x', namespace: 'models' },
      spec: {
        multiModel: true,
        supportedModelFormats: [
          { name: 'openvino_ir', version: 'opset1', autoSelect: true },
          { name: 'onnx', version: '1', autoSelect: false },
        ],
        protocolVersions: ['grpc-v1'],
        grpcEndpoint: 'port:8085',
        grpcDataEndpoint: 'port:8001',
        builtInAdapter: {
          serverType: 'ovms',
          runtimeManagementPort: 8888,
          memBufferBytes: 134_217_728,
          modelLoadingTimeoutMillis: 90_000,
        },
        containers: [
          {
            name: 'ovms',
            image: 'openvino/model_server:2022.2',
            args: [
              '--port=8001',
              '--rest_port=8888',
              '--config_path=/models/model_config_list.json',
              '--file_system_poll_wait_seconds=0',
              '--grpc_bind_address=127.0.0.1',
              '--rest_bind_address=127.0.0.1',
            ],
            resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
  });
});
