import { metricsSchemeOf, metricsScrapesOf } from '../../../lib/modelmesh/network/metrics-monitors';
import { setOf } from '../../support/checks';

const config = (settings: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: modelmesh-serving }\ndata:\n  config.yaml: '${settings}'\n---\n`;
const monitor = (kind: string, spec: string): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: { name: m, namespace: models }\nspec: { ${spec} }\n---\n`;
const MESH = 'selector: { matchLabels: { modelmesh-service: modelmesh-serving } }';

test.each([
  ['', 'https'],
  ['metrics: { scheme: HTTP }', 'http'],
  ['Metrics: { Scheme: http }', 'http'],
  ['metrics: { enabled: false }', undefined],
  ['metrics: { scheme: 1 }', undefined],
  ['internalModelMeshEnvVars: [{ name: MM_METRICS, value: x }]', undefined],
  ['internalModelMeshEnvVars: [{ name: OTHER, value: x }]', 'https'],
])('the settings { %s } serve metrics with %s', (settings, scheme) => {
  expect(metricsSchemeOf(setOf(config(settings)))).toBe(scheme);
});

test('the endpoints of both kinds of monitors are found, by the name or the number of the port', () => {
  const yaml =
    monitor('ServiceMonitor', `${MESH}, endpoints: [{ port: grpc }, { port: prometheus, scheme: HTTPS }, { targetPort: 2112 }]`) +
    monitor('PodMonitor', `${MESH}, podMetricsEndpoints: [{ portNumber: 2112 }]`);
  expect([...metricsScrapesOf(setOf(yaml))].map(({ manifest, path, scheme }) => [manifest.kind, ...path, scheme])).toEqual([
    ['ServiceMonitor', 'spec', 'endpoints', 1, 'https'],
    ['ServiceMonitor', 'spec', 'endpoints', 2, 'http'],
    ['PodMonitor', 'spec', 'podMetricsEndpoints', 0, 'http'],
  ]);
});

test('name of the Service and number of the port are those of the configuration', () => {
  const yaml =
    config('inferenceServiceName: mesh\nmetrics: { port: 2113 }'.replace('\n', '\n\n    ')) +
    monitor(
      'ServiceMonitor',
      'selector: { matchLabels: { modelmesh-service: mesh } }, endpoints: [{ targetPort: 2112 }, { targetPort: 2113 }]',
    ) +
    monitor('ServiceMonitor', `${MESH}, endpoints: [{ targetPort: 2113 }]`);
  expect([...metricsScrapesOf(setOf(yaml))].map(({ path }) => path)).toEqual([['spec', 'endpoints', 1]]);
});

test.each(['', 'selector: x, endpoints: y', `${MESH}, endpoints: [1, null, [], { port: { a: b } }, { port: prometheus, scheme: 3 }]`])(
  'a monitor with { %s } does no harm',
  (spec) => {
    expect([...metricsScrapesOf(setOf(monitor('ServiceMonitor', spec)))].length).toBeLessThanOrEqual(1);
  },
);
