import { valueAt } from '../../manifests/fields';
import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { numberOf } from '../../modelmesh/controller-config/settings';
import { MESH_PORTS } from '../../modelmesh/network/services';
import { type Rule, Severity } from '../rule';

export const MM429: Rule = {
  code: 'MM429',
  severity: Severity.ERROR,
  title: 'two ports of the mesh are the same',
  *check(set) {
    const { manifest, isRestProxyEnabled } = controllerConfigOf(set);
    if (manifest === undefined) return;
    const settings = controllerSettingsOf(set);
    const hasMetrics = valueAt(settings, 'metrics', 'enabled') !== false;
    const ports: [string, number][] = [
      ['inferenceServicePort', numberOf(settings['inferenceserviceport']) ?? 8033],
      ...(isRestProxyEnabled ? [['restProxy.port', numberOf(valueAt(settings, 'restproxy', 'port')) ?? 8008] as [string, number]] : []),
      ...(hasMetrics ? [['metrics.port', numberOf(valueAt(settings, 'metrics', 'port')) ?? 2112] as [string, number]] : []),
    ];
    const used = new Map<number, string>(MESH_PORTS.map((port) => [port, 'the container mm for itself']));
    for (const [field, port] of ports) {
      const user = used.get(port);
      used.set(port, field);
      if (user === undefined || port === 0) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `${field} is ${port}, which is used by ${user}: the Service of the mesh cannot be made, or its pods do not start; choose another port`,
      };
    }
  },
};
