import { MM454 } from '../../../lib/checks/mesh/mm454-metrics-scheme';
import { MM455 } from '../../../lib/checks/mesh/mm455-metrics-certificate';
import { findingsIn, messagesOf } from '../../support/checks';

const monitor = (endpoint: string, selector = 'modelmesh-service: modelmesh-serving', more = ''): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m, namespace: models }\n` +
  `spec: { selector: { matchLabels: { ${selector} } }, endpoints: [{ ${endpoint} }]${more} }\n---\n`;
const config = (settings: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: modelmesh-serving }\ndata:\n  config.yaml: '${settings}'\n---\n`;

const WRONG_SCHEME =
  "scheme is 'http', and the runtime pods serve their metrics with 'https': Prometheus gets none; set scheme to 'https', or metrics.scheme in the configuration of ModelMesh to 'http'";
const NOT_TRUSTED =
  "the runtime pods serve their metrics with a certificate that they sign themselves, and Prometheus refuses it: set tlsConfig.insecureSkipVerify to true, as ModelMesh's own monitor does";

test.each([
  ['that names no scheme', 'port: prometheus'],
  ['that asks for http', 'port: prometheus, scheme: http'],
  ['that names the port by its number', 'targetPort: 2112'],
])('a monitor %s finds no metrics', (_, endpoint) => {
  expect(messagesOf(MM454, monitor(endpoint))).toEqual([WRONG_SCHEME]);
  expect(findingsIn(monitor(endpoint), '', [MM455])).toEqual([]);
});

test('a monitor of pods is looked at, too', () => {
  const pods = monitor('port: prometheus').replace('ServiceMonitor', 'PodMonitor').replace('endpoints', 'podMetricsEndpoints');
  expect(messagesOf(MM454, pods)).toEqual([WRONG_SCHEME]);
});

test('https is refused where ModelMesh serves http', () => {
  const yaml = `${config('metrics: { scheme: http }')}${monitor('port: prometheus, scheme: https')}`;
  expect(messagesOf(MM454, yaml)).toEqual([
    "scheme is 'https', and the runtime pods serve their metrics with 'http': Prometheus gets none; set scheme to 'http', or metrics.scheme in the configuration of ModelMesh to 'https'",
  ]);
  expect(messagesOf(MM455, yaml)).toEqual([]);
});

test.each(['port: prometheus, scheme: https', 'port: prometheus, scheme: HTTPS, tlsConfig: { insecureSkipVerify: false }'])(
  'a monitor with { %s } does not trust the pods',
  (endpoint) => {
    expect(messagesOf(MM455, monitor(endpoint))).toEqual([NOT_TRUSTED]);
    expect(messagesOf(MM454, monitor(endpoint))).toEqual([]);
  },
);

test.each([
  ['that skips the check of certificates', monitor('port: prometheus, scheme: https, tlsConfig: { insecureSkipVerify: true }')],
  ['with an authority of its own', monitor('port: prometheus, scheme: https, tlsConfig: { caFile: /etc/ca.crt }')],
  ['with a scrape class', monitor('port: prometheus, scheme: https', undefined, ', scrapeClass: mesh')],
  ['of another port', monitor('port: http')],
  ['of another Service', monitor('port: prometheus', 'modelmesh-service: other')],
  ['of anything', monitor('port: prometheus', 'app: other')],
  ['that sets the scheme by a relabelling', monitor('port: prometheus, relabelings: [{ targetLabel: __scheme__, replacement: https }]')],
  ['beside metrics that are off', `${config('metrics: { enabled: false }')}${monitor('port: prometheus')}`],
  [
    'beside a variable that decides the scheme',
    `${config('internalModelMeshEnvVars: [{ name: MM_METRICS, value: x }]')}${monitor('port: prometheus')}`,
  ],
  ['that is no map', monitor('port: prometheus').replace('endpoints: [{ port: prometheus }]', 'endpoints: [1, null]')],
])('a monitor %s is fine', (_, yaml) => {
  expect(findingsIn(yaml, '', [MM454, MM455])).toEqual([]);
});
