import { adapterSettingsOf, goInteger } from '../../modelmesh/runtime/adapter';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM124: Rule = {
  code: 'MM124',
  severity: Severity.ERROR,
  title: 'the adapter does not know the port of the model server',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const setting = adapterSettingsOf(runtime).get('RUNTIME_PORT');
      const port = goInteger(setting?.value);
      if (setting === undefined || port === undefined || (port >= 1 && port <= 65535)) return [];
      const isMissing = port === 0 && (runtime.manifest.value(...setting.path) ?? undefined) === undefined;
      const what = isMissing
        ? 'spec.builtInAdapter.runtimeManagementPort is missing and counts as 0'
        : `the management port of the model server is ${quote(setting.value)}`;
      const message = `${what}, and the adapter waits for the server for ever: set runtimeManagementPort to the port from 1 to 65535 where the server loads models, e.g. 8001`;
      return [{ path: setting.path, message }];
    }),
};
