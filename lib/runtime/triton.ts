import { ProtocolVersion } from '../values/protocol-version';
import { RuntimeEndpoint } from '../values/runtime-endpoint';
import { supports, type BuiltInRuntime } from './built-in-runtime';
import { BuiltInServer } from './runtime-adapter';

const REPOSITORY = '/models/_triton_models';

/** NVIDIA Triton, as `triton-2.x` of ModelMesh 0.12. */
export const TRITON: BuiltInRuntime = {
  runtimeName: 'triton-2.x',
  server: BuiltInServer.TRITON,
  formats: [
    supports('keras', '2'),
    supports('onnx', '1'),
    supports('pytorch', '1'),
    supports('tensorflow', '1'),
    supports('tensorflow', '2'),
    supports('tensorrt', '7'),
    // MLServer selects these; a model can still name Triton for them.
    supports('sklearn', '0', false),
    supports('xgboost', '1', false),
    supports('lightgbm', '3', false),
  ],
  protocolVersions: [ProtocolVersion.GRPC_V2],
  dataEndpoint: RuntimeEndpoint.port(8001),
  managementPort: 8001,
  maxLoadingConcurrency: 2,
  container: {
    image: 'nvcr.io/nvidia/tritonserver:23.04-py3',
    command: ['/bin/sh'],
    args: [
      '-c',
      // Triton does not start without its repository; the adapter, another user, writes into it.
      `mkdir -p ${REPOSITORY} && chmod 777 ${REPOSITORY} && exec tritonserver ` +
        [
          `--model-repository=${REPOSITORY}`,
          '--model-control-mode=explicit',
          '--strict-model-config=false',
          '--strict-readiness=false',
          '--allow-http=true',
          '--allow-sagemaker=false',
        ].join(' '),
    ],
    livenessProbe: {
      // Runs inside the pod, so that a network policy or a sidecar in front of the port does not matter.
      command: ['curl', '--fail', '--silent', '--show-error', '--max-time', '9', 'http://localhost:8000/v2/health/live'],
      initialDelaySeconds: 5,
      periodSeconds: 30,
      timeoutSeconds: 10,
    },
  },
};
