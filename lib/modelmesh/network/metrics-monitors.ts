import { type FieldPath, type Fields, isFields, listAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { controllerConfigOf, controllerSettingsOf } from '../controller-config/controller-config';
import { servicePortsOf } from '../controller-config/service-ports';
import { SERVICE_LABEL } from '../labels-and-annotations';

/** Where a monitor of the Prometheus operator fetches the metrics of ModelMesh. */
export interface MetricsScrape {
  readonly manifest: Manifest;
  /** The endpoint within the monitor. */
  readonly path: FieldPath;
  readonly endpoint: Fields;
  /** The scheme that Prometheus speaks, in lower case. */
  readonly scheme: string;
}

const GROUP = 'monitoring.coreos.com';
const ENDPOINTS = { ServiceMonitor: 'endpoints', PodMonitor: 'podMetricsEndpoints' } as const;
const PORT_NAME = 'prometheus';
const PORT_FIELDS = ['port', 'targetPort', 'portNumber'];

/**
 * How ModelMesh serves its metrics, in lower case; undefined when it does not, or a variable of the configuration decides it.
 *
 * Source: `config/default/config-defaults.yaml` and `config/internal/base/deployment.yaml.tmpl` of kserve/modelmesh-serving.
 */
export function metricsSchemeOf(set: ManifestSet): string | undefined {
  const settings = controllerSettingsOf(set);
  const isDecidedElsewhere = listAt(settings, 'internalmodelmeshenvvars').some((variable) => textAt(variable, 'name') === 'MM_METRICS');
  if (isDecidedElsewhere || servicePortsOf(set).metrics === undefined) return undefined;
  const scheme = valueAt(settings, 'metrics', 'scheme') ?? 'https';
  return typeof scheme === 'string' ? scheme.toLowerCase() : undefined;
}

/** The endpoints of ServiceMonitors and PodMonitors that select the mesh by its label and fetch from the port of its metrics. */
export function* metricsScrapesOf(set: ManifestSet): Generator<MetricsScrape> {
  const service = controllerConfigOf(set).inferenceServiceName;
  const port = servicePortsOf(set).metrics;
  if (port === undefined) return;
  for (const [kind, field] of Object.entries(ENDPOINTS)) {
    for (const manifest of set.ofKind(GROUP, kind)) {
      if (manifest.text('spec', 'selector', 'matchLabels', SERVICE_LABEL) !== service) continue;
      for (const [index, endpoint] of manifest.list('spec', field).entries()) {
        if (!isFields(endpoint) || !namesPort(endpoint, port) || setsScheme(endpoint)) continue;
        yield { manifest, path: ['spec', field, index], endpoint, scheme: (textAt(endpoint, 'scheme') ?? 'http').toLowerCase() };
      }
    }
  }
}

function namesPort(endpoint: Fields, port: number): boolean {
  return PORT_FIELDS.some((field) => [PORT_NAME, port].includes(valueAt(endpoint, field) as string | number));
}

// A relabelling may give the target another scheme.
function setsScheme(endpoint: Fields): boolean {
  return listAt(endpoint, 'relabelings').some((relabelling) => textAt(relabelling, 'targetLabel') === '__scheme__');
}
