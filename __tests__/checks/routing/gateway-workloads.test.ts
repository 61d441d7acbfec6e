import { MM511 } from '../../../lib/checks/routing/mm511-selector-without-gateway';
import { MM545 } from '../../../lib/checks/routing/mm545-gateway-port-closed';
import { MM537 } from '../../../lib/checks/routing/mm537-subset-patch-everywhere';
import { MM538 } from '../../../lib/checks/routing/mm538-subsets-without-metadata';
import { messagesOf } from '../../support/checks';
import { gateway, head } from './helpers';

const pod = (labels: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: istio-system, labels: ${labels} }\nspec: { containers: [{ name: istio-proxy, args: [proxy, router] }] }\n`;

test('the selector of a Gateway', () => {
  expect(messagesOf(MM511, gateway(80, 'HTTP') + pod('{ istio: other }'))).toEqual([
    `spec.selector '{"istio":"ingressgateway"}' takes none of the gateway pods in the manifests, so nobody listens: use labels of theirs, e.g. '{"istio":"other"}'`,
  ]);
  expect(messagesOf(MM511, gateway(80, 'HTTP') + pod('{ istio: ingressgateway, app: a }'))).toEqual([]);
  expect(messagesOf(MM511, gateway(80, 'HTTP'))).toEqual([]);
  expect(messagesOf(MM511, gateway(80, 'HTTP') + pod('{ istio: other }').replace('router', 'sidecar'))).toEqual([]);
});

test('the Service of the gateway pods', () => {
  const service = (ports: string): string =>
    `${head('Service', 'igw', 'istio-system', 'v1')}spec: { selector: { istio: ingressgateway, app: a }, ports: ${ports} }\n`;
  expect(messagesOf(MM545, gateway(8008, 'GRPC') + service('[{ port: 80, targetPort: 8080 }]'))).toEqual([
    "spec.servers[0].port.number '8008' is no port of Service 'istio-system/igw', which leads to the gateway's pods, so nobody gets there from outside: add it to the Service",
  ]);
  expect(messagesOf(MM545, gateway(8008, 'GRPC') + service('[{ port: 8008 }]'))).toEqual([]);
  expect(messagesOf(MM545, gateway(8080, 'GRPC') + service('[{ port: 80, targetPort: 8080 }]'))).toEqual([]);
  expect(messagesOf(MM545, gateway(8008, 'GRPC'))).toEqual([]);
});

test('patches with subsets', () => {
  const filter = (match: string, operation = 'MERGE'): string =>
    `${head('EnvoyFilter', 'f', 'istio-system', 'networking.istio.io/v1alpha3')}spec: { configPatches: [{ applyTo: CLUSTER, ${match} patch: { operation: ${operation}, value: { lb_subset_config: { fallback_policy: ANY_ENDPOINT } } } }] }\n`;
  expect(messagesOf(MM537, filter(''))).toEqual([
    "spec.configPatches[0].match.context 'ANY' takes in sidecars, which refuse lb_subset_config for a headless Service and then all further changes of clusters: set it to GATEWAY",
  ]);
  expect(messagesOf(MM537, filter('match: { context: GATEWAY },'))).toEqual([]);
  expect(messagesOf(MM537, filter('', 'ADD'))).toEqual([]);
  expect(messagesOf(MM538, filter(''))).toEqual([]);
  expect(messagesOf(MM538, filter(''), '--platform asm')).toEqual([]);
  expect(messagesOf(MM538, filter(''), '--platform istio:1.30')).toEqual([
    'spec.configPatches[0].patch.value has lb_subset_config, and Istio 1.30 writes no labels of pods into endpoints, so every request takes the fallback, by default 503: use consistentHash or subsets of a DestinationRule',
  ]);
});
