import { ProtocolVersion } from '../values/protocol-version';
import { RuntimeEndpoint } from '../values/runtime-endpoint';
import { supports, type BuiltInRuntime } from './built-in-runtime';
import { BuiltInServer } from './runtime-adapter';

/** OpenVINO Model Server, as `ovms-1.x` of ModelMesh 0.12. Its `grpc-v1` is TensorFlow Serving's PredictionService. */
export const OVMS: BuiltInRuntime = {
  runtimeName: 'ovms-1.x',
  server: BuiltInServer.OVMS,
  formats: [supports('openvino_ir', 'opset1'), supports('onnx', '1', false)],
  protocolVersions: [ProtocolVersion.GRPC_V1],
  dataEndpoint: RuntimeEndpoint.port(8001),
  managementPort: 8888,
  container: {
    image: 'openvino/model_server:2022.2',
    args: [
      '--port=8001',
      '--rest_port=8888',
      '--config_path=/models/model_config_list.json',
      // The adapter asks for a reload when it has changed the list; the server does not poll it.
      '--file_system_poll_wait_seconds=0',
      '--grpc_bind_address=127.0.0.1',
      '--rest_bind_address=127.0.0.1',
    ],
  },
};
