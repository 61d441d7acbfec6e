import { valueAt } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { controllerConfigOf, controllerSettingsOf, flagOf } from './controller-config';
import { numberOf } from './settings';

/**
 * The ports of the Service that ModelMesh's controller makes in front of all runtime pods of a namespace. The pods listen at the same ones.
 *
 * Source: `pkg/mmesh/modelmesh_service.go` of kserve/modelmesh-serving.
 */
export interface ServicePorts {
  readonly grpc: number;
  /** Port of the REST proxy; undefined when it does not run. */
  readonly rest?: number;
  /** Port of the metrics; undefined when there are none. */
  readonly metrics?: number;
}

/** As shipped. Source: `config/default/config-defaults.yaml` of kserve/modelmesh-serving. */
export const SHIPPED_PORTS = { grpc: 8033, rest: 8008, metrics: 2112 } as const;

/** The ports of ModelMesh's Service by the controller's settings. */
export const servicePortsOf = perSet((set): ServicePorts => {
  const settings = controllerSettingsOf(set);
  const hasMetrics = flagOf(valueAt(settings, 'metrics', 'enabled'), true);
  return {
    grpc: numberOf(settings['inferenceserviceport']) ?? SHIPPED_PORTS.grpc,
    rest: controllerConfigOf(set).isRestProxyEnabled ? (numberOf(valueAt(settings, 'restproxy', 'port')) ?? SHIPPED_PORTS.rest) : undefined,
    metrics: hasMetrics ? (numberOf(valueAt(settings, 'metrics', 'port')) ?? SHIPPED_PORTS.metrics) : undefined,
  };
});
