import { isFromElsewhere, mlserverSettingOf } from '../../modelmesh/runtime/mlserver';
import { type Runtime, serverContainerOf, serverTypeOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed, type Mistake } from './runtime-hits';

export const MM148: Rule = {
  code: 'MM148',
  severity: Severity.WARNING,
  title: 'a setting of MLServer that its image must not leave to the default',
  check: (set) => hitsInServed(set, doubtfulSettings),
};

function doubtfulSettings(runtime: Runtime): Mistake[] {
  const server = serverContainerOf(runtime);
  if (server === undefined || serverTypeOf(runtime) !== 'mlserver' || isFromElsewhere(server)) return [];
  const atStart = mlserverSettingOf(server, 'MLSERVER_LOAD_MODELS_AT_STARTUP');
  const isOff = atStart === undefined || atStart.value === undefined || /^(false|0|off|no|f|n)$/i.test(atStart.value);
  const path = [...server.path, 'env'];
  return [
    ...(isOff
      ? []
      : [
          {
            path: atStart.path,
            message: `MLSERVER_LOAD_MODELS_AT_STARTUP is ${atStart.isSet ? quote(atStart.value) : 'not set, which means true'}, so MLServer loads by itself what the adapter has not yet asked for: set it to 'false'`,
          },
        ]),
    ...(mlserverSettingOf(server, 'MLSERVER_HTTP_PORT') === undefined
      ? [
          {
            path,
            message:
              "MLSERVER_HTTP_PORT is not set; unless the image sets it, MLServer listens on 8080, which ModelMesh has taken: set it, e.g. to '8002'",
          },
        ]
      : []),
  ];
}
