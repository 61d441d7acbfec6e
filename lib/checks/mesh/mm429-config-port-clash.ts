import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { ADAPTER_PORT, RESERVED_PORTS } from '../../modelmesh/runtime/reserved';
import { type Rule, Severity } from '../rule';

export const MM429: Rule = {
  code: 'MM429',
  severity: Severity.ERROR,
  title: 'two ports of the mesh are the same',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    const { grpc, rest, metrics } = servicePortsOf(set);
    const ports = Object.entries({ inferenceServicePort: grpc, 'restProxy.port': rest, 'metrics.port': metrics });
    const own = [...RESERVED_PORTS.keys()].filter((port) => port !== ADAPTER_PORT);
    const used = new Map(own.map((port) => [port, 'the container mm for itself']));
    for (const [field, port] of ports) {
      if (port === undefined || port === 0) continue;
      const user = used.get(port);
      used.set(port, field);
      if (user === undefined) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `${field} is ${port}, which is used by ${user}: the Service of the mesh cannot be made, or its pods do not start; choose another port`,
      };
    }
  },
};
