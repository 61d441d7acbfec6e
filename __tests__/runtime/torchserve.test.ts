import { builtInRuntimeProps } from '../../lib/runtime/built-in-runtime';
import { TORCHSERVE } from '../../lib/runtime/torchserve';
import { runtimeManifest } from './helpers';

describe('TorchServe', () => {
  it('is the runtime that ModelMesh 0.12 ships', () => {
    expect(runtimeManifest(builtInRuntimeProps(TORCHSERVE, {}))).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { name: 'torchserve-0.x', namespace: 'models' },
      spec: {
        multiModel: true,
        supportedModelFormats: [{ name: 'pytorch-mar', version: '0', autoSelect: true }],
        grpcEndpoint: 'port:8085',
        grpcDataEndpoint: 'port:7070',
        builtInAdapter: {
          serverType: 'torchserve',
          runtimeManagementPort: 7071,
          memBufferBytes: 134_217_728,
          modelLoadingTimeoutMillis: 90_000,
        },
        containers: [
          {
            name: 'torchserve',
            image: 'pytorch/torchserve:0.7.1-cpu',
            command: ['/bin/sh'],
            args: ['-c', 'while [ ! -e "$TS_CONFIG_FILE" ]; do sleep 0.1; done; exec torchserve --start --foreground'],
            env: [{ name: 'TS_CONFIG_FILE', value: '/models/_torchserve_models/mmconfig.properties' }],
            resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
  });
});
