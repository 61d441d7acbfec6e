import { ProtocolVersion } from '../values/protocol-version';
import { RuntimeEndpoint } from '../values/runtime-endpoint';
import { supports, type BuiltInRuntime } from './built-in-runtime';
import { EnvVariable } from './env-variable';
import { BuiltInServer } from './runtime-adapter';

/** Seldon MLServer, as `mlserver-1.x` of ModelMesh 0.12. */
export const MLSERVER: BuiltInRuntime = {
  runtimeName: 'mlserver-1.x',
  server: BuiltInServer.MLSERVER,
  formats: [supports('sklearn', '0'), supports('xgboost', '1'), supports('lightgbm', '3')],
  protocolVersions: [ProtocolVersion.GRPC_V2],
  dataEndpoint: RuntimeEndpoint.port(8001),
  managementPort: 8001,
  container: {
    image: 'seldonio/mlserver:1.3.2',
    env: [
      // The adapter puts each model into this folder and tells MLServer to load it; MLServer loads nothing by itself.
      EnvVariable.value('MLSERVER_MODELS_DIR', '/models/_mlserver_models/'),
      EnvVariable.value('MLSERVER_LOAD_MODELS_AT_STARTUP', 'false'),
      // MLServer insists on the name of a model although it starts with none.
      EnvVariable.value('MLSERVER_MODEL_NAME', 'dummy-model'),
      EnvVariable.value('MLSERVER_GRPC_PORT', '8001'),
      // MLServer's default HTTP port, 8080, is where ModelMesh's pods talk to each other.
      EnvVariable.value('MLSERVER_HTTP_PORT', '8002'),
      // Only ModelMesh's containers in the same pod may call the server.
      EnvVariable.value('MLSERVER_HOST', '127.0.0.1'),
      // ModelMesh limits the size of messages itself.
      EnvVariable.value('MLSERVER_GRPC_MAX_MESSAGE_LENGTH', '-1'),
      // Loads in the server's own process. With worker processes, MLServer 1.7.1 was seen to crash them over and over, and every load then
      // hangs until its timeout.
      EnvVariable.value('MLSERVER_PARALLEL_WORKERS', '0'),
    ],
  },
};
