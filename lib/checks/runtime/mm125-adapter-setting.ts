import { type AdapterSetting, adapterSettingsOf, goInteger } from '../../modelmesh/runtime/adapter';
import { ADAPTER_SETTINGS, SERVERS_OF_SETTING } from '../../modelmesh/runtime/adapter-settings';
import { endpointOf, portNumberOf } from '../../modelmesh/runtime/endpoints';
import { type Runtime, serverTypeOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed, type Mistake } from './runtime-hits';

export const MM125: Rule = {
  code: 'MM125',
  severity: Severity.ERROR,
  title: 'a setting with which the built-in adapter does not work',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const settings = [...adapterSettingsOf(runtime).values()];
      return settings.flatMap((setting) => [...valueMistakes(runtime, setting), ...portMistakes(runtime, setting)]);
    }),
};

function valueMistakes(runtime: Runtime, { name, value, path }: AdapterSetting): Mistake[] {
  const kind = ADAPTER_SETTINGS.get(name);
  const server = SERVERS_OF_SETTING.get(name);
  if (kind === undefined || value === undefined || kind.isValid(value)) return [];
  if (server !== undefined && server !== serverTypeOf(runtime)) return [];
  const source = path[0] === 'metadata' ? `annotation ${quote(path.at(-1))}` : `variable ${quote(name)}`;
  const message = `${source} of the built-in adapter is ${quote(value)}, with which it does not work: use ${kind.remedy}`;
  return [{ path, message }];
}

// The controller sets the variable to the port of spec.grpcEndpoint, and one of the runtime takes its place.
function portMistakes(runtime: Runtime, { name, value, path }: AdapterSetting): Mistake[] {
  const endpoint = endpointOf(runtime, 'grpcEndpoint');
  const [listens, calls] = [goInteger(value), portNumberOf(endpoint)];
  if (name !== 'ADAPTER_PORT' || endpoint === undefined || listens === undefined || calls === undefined || listens === calls) return [];
  const message = `variable ${quote(name)} of the built-in adapter is ${quote(value)}, and ModelMesh calls the adapter at spec.grpcEndpoint ${quote(endpoint.text)}: remove the variable`;
  return [{ path, message }];
}
