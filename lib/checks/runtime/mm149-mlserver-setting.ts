import type { ManifestSet } from '../../manifests/manifest-set';
import { adapterSettingsOf, goInteger } from '../../modelmesh/runtime/adapter';
import { meshListenersOf } from '../../modelmesh/runtime/listeners';
import { type MlserverSetting, mlserverSettingOf } from '../../modelmesh/runtime/mlserver';
import { type Runtime, serverContainerOf, serverTypeOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed, type Mistake } from './runtime-hits';

export const MM149: Rule = {
  code: 'MM149',
  severity: Severity.ERROR,
  title: 'MLServer and its adapter do not find each other',
  check: (set) => hitsInServed(set, (runtime) => mistakes(set, runtime)),
};

function mistakes(set: ManifestSet, runtime: Runtime): Mistake[] {
  const server = serverContainerOf(runtime);
  if (server === undefined || serverTypeOf(runtime) !== 'mlserver') return [];
  const adapter = adapterSettingsOf(runtime);
  const [http, grpc, folder] = ['HTTP_PORT', 'GRPC_PORT', 'MODELS_DIR'].map((name) => mlserverSettingOf(server, `MLSERVER_${name}`));
  const owner = meshListenersOf(set, runtime).get(goInteger(http?.value) ?? NaN);
  const [port, expected] = [goInteger(grpc?.value), goInteger(adapter.get('RUNTIME_PORT')?.value)];
  const root = adapter.has('ROOT_MODEL_DIR') ? adapter.get('ROOT_MODEL_DIR')?.value : '/models';
  return [
    ...(http === undefined || owner === undefined
      ? []
      : [
          {
            path: http.path,
            message: `${said('MLSERVER_HTTP_PORT', http)}, a port of the pod that is taken by ${owner}: set it to another, e.g. '8002'`,
          },
        ]),
    // Without the adapter's port the mistake is there.
    ...(grpc === undefined || port === undefined || !expected || port === expected
      ? []
      : [
          {
            path: grpc.path,
            message: `${said('MLSERVER_GRPC_PORT', grpc)}, and the adapter calls port ${expected}: set it to '${expected}'`,
          },
        ]),
    ...(folder?.value === undefined || root === undefined || isSameFolder(folder.value, `${root}/_mlserver_models`)
      ? []
      : [
          {
            path: folder.path,
            message: `${said('MLSERVER_MODELS_DIR', folder)}, and the adapter puts the models into ${quote(`${root}/_mlserver_models/`)}, so none is ever found: set it to that folder`,
          },
        ]),
  ];
}

function said(name: string, { value, isSet }: MlserverSetting): string {
  return isSet ? `${name} is ${quote(value)}` : `${name} is not set and counts as ${quote(value)}`;
}

function isSameFolder(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => path.replace(/\/+/g, '/').replace(/\/$/, ''));
  return first === second;
}
