import { RuntimeEndpoint } from '../values/runtime-endpoint';
import { supports, type BuiltInRuntime } from './built-in-runtime';
import { EnvVariable } from './env-variable';
import { BuiltInServer } from './runtime-adapter';

/** TorchServe, as `torchserve-0.x` of ModelMesh 0.12. It speaks its own gRPC API alone: no V2 protocol, no REST. */
export const TORCHSERVE: BuiltInRuntime = {
  runtimeName: 'torchserve-0.x',
  server: BuiltInServer.TORCHSERVE,
  formats: [supports('pytorch-mar', '0')],
  dataEndpoint: RuntimeEndpoint.port(7070),
  managementPort: 7071,
  container: {
    image: 'pytorch/torchserve:0.7.1-cpu',
    command: ['/bin/sh'],
    // The adapter writes the configuration when it starts; TorchServe must not start before.
    args: ['-c', 'while [ ! -e "$TS_CONFIG_FILE" ]; do sleep 0.1; done; exec torchserve --start --foreground'],
    env: [EnvVariable.value('TS_CONFIG_FILE', '/models/_torchserve_models/mmconfig.properties')],
  },
};
