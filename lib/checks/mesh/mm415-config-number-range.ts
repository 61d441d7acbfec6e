import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { numberOf, type WrittenSetting, writtenSettings } from '../../modelmesh/controller-config/settings';
import { type Rule, Severity } from '../rule';

const UINT16 = 65535;
const INT32 = 2147483647;
/** Settings that become the ports of containers and of the Service. */
const PORTS = ['inferenceServicePort', 'restProxy.port', 'metrics.port'];

export const MM415: Rule = {
  code: 'MM415',
  severity: Severity.ERROR,
  title: 'a number in the configuration of ModelMesh is out of range',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      for (const setting of writtenSettings(readConfig(manifest))) {
        const message = problemOf(setting);
        if (message !== undefined) yield { manifest, path: ['data', 'config.yaml'], message };
      }
    }
  },
};

function problemOf({ field, kind, value }: WrittenSetting): string | undefined {
  const number = kind === 'uint16' || kind === 'integer' ? numberOf(value) : undefined;
  if (number === undefined || value === null || value === undefined) return undefined;
  if (kind === 'integer' && number > INT32) return `${field} is ${number}, more than model-mesh can read: use at most ${INT32}`;
  if (kind === 'integer') return undefined;
  const least = PORTS.includes(field) ? 1 : 0;
  if (number >= least && number <= UINT16) return undefined;
  const effect =
    typeof value === 'string' || number === 0 ? 'it cannot be used' : `the controller takes ${((number % 65536) + 65536) % 65536} instead`;
  return `${field} is ${number}: ${effect}; use a number from ${least} to ${UINT16}`;
}
