import { MM516 } from '../../../lib/checks/routing/mm516-maglev-table';
import { MM521 } from '../../../lib/checks/routing/mm521-unknown-subset';
import { MM523 } from '../../../lib/checks/routing/mm523-subset-name';
import { MM524 } from '../../../lib/checks/routing/mm524-two-rules';
import { MM526 } from '../../../lib/checks/routing/mm526-asm-only';
import { MM527 } from '../../../lib/checks/routing/mm527-several-load-balancers';
import { MM528 } from '../../../lib/checks/routing/mm528-no-fallback-policy';
import { MM529 } from '../../../lib/checks/routing/mm529-no-fallback';
import { MM531 } from '../../../lib/checks/routing/mm531-key-never-set';
import { MM532 } from '../../../lib/checks/routing/mm532-key-without-subset';
import { MM533 } from '../../../lib/checks/routing/mm533-not-balanced';
import { messagesOf } from '../../support/checks';
import { destinationRule, meshNamespace, routeTo, virtualService } from './helpers';

const MESH = 'route: [{ destination: { host: modelmesh-serving, port: { number: 8033 } } }]';

function dynamicSubset(subset: string): string {
  return destinationRule(`{ host: modelmesh-serving, trafficPolicy: { loadBalancer: { dynamicSubset: ${subset} } } }`);
}

test.each([
  ['{}', 1],
  ['{ tableSize: 0 }', 1],
  ['{ tableSize: 65536 }', 1],
  ['{ tableSize: 5000011 }', 1],
  ['{ tableSize: 1 }', 1],
  ['{ tableSize: big }', 1],
  ['{ tableSize: 65537 }', 0],
  ["{ tableSize: '65537' }", 0],
  ['{ tableSize: 2 }', 0],
  ['1', 0],
])('maglev: %s', (maglev, count) => {
  expect(
    messagesOf(MM516, destinationRule(`{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { maglev: ${maglev} } } } }`)),
  ).toHaveLength(count);
});

test('load balancers of ports and subsets count', () => {
  const both = '{ simple: RANDOM, consistentHash: { httpHeaderName: m } }';
  const policy = `{ loadBalancer: ${both}, portLevelSettings: [{ port: { number: 80 }, loadBalancer: ${both} }] }`;
  expect(
    messagesOf(MM527, destinationRule(`{ host: a, trafficPolicy: ${policy}, subsets: [{ name: s, trafficPolicy: ${policy} }] }`)),
  ).toEqual([
    'spec.trafficPolicy.loadBalancer has simple and consistentHash, which exclude each other, and the API server refuses it: keep one of them',
    'spec.trafficPolicy.portLevelSettings[0].loadBalancer has simple and consistentHash, which exclude each other, and the API server refuses it: keep one of them',
    'spec.subsets[0].trafficPolicy.loadBalancer has simple and consistentHash, which exclude each other, and the API server refuses it: keep one of them',
    'spec.subsets[0].trafficPolicy.portLevelSettings[0].loadBalancer has simple and consistentHash, which exclude each other, and the API server refuses it: keep one of them',
  ]);
  expect(
    messagesOf(MM527, destinationRule('{ host: a, trafficPolicy: { loadBalancer: { simple: RANDOM, localityLbSetting: {} } } }')),
  ).toEqual([]);
});

describe('a subset of a route', () => {
  const route = routeTo('{ host: a.models.svc.cluster.local, subset: s }');

  test('is declared by any DestinationRule of the host', () => {
    expect(messagesOf(MM521, route + destinationRule('{ host: a, subsets: [{ name: s }] }'))).toEqual([]);
    expect(
      messagesOf(
        MM521,
        route + destinationRule('{ host: a.models.svc.cluster.local, subsets: [{ name: s }] }', { namespace: 'istio-system' }),
      ),
    ).toEqual([]);
  });

  test('is not declared', () => {
    expect(messagesOf(MM521, route + destinationRule('{ host: a, subsets: [{ name: t }] }'))).toEqual([
      "spec.http[0].route[0].destination.subset 's' is declared by no DestinationRule of 'a.models.svc.cluster.local', so every request fails with 503: use one of 't', or declare it",
    ]);
    expect(messagesOf(MM521, meshNamespace('models') + routeTo('{ host: modelmesh-serving, subset: s }'))).toEqual([
      "spec.http[0].route[0].destination.subset 's' is declared by no DestinationRule of 'modelmesh-serving', so every request fails with 503: declare it in spec.subsets of one",
    ]);
  });

  test('may be declared elsewhere', () => {
    expect(messagesOf(MM521, route)).toEqual([]);
    expect(messagesOf(MM521, route + destinationRule('{ host: a }'), '--existing DestinationRule/models/more')).toEqual([]);
  });
});

test.each([
  ['s'.repeat(63), 0],
  ['s'.repeat(64), 1],
  ['tf-mnist', 0],
  ['V1', 0],
  ['a.b', 1],
  ['-a', 1],
  ['a_b', 1],
])('subset name %s', (name, count) => {
  expect(messagesOf(MM523, destinationRule(`{ host: a, subsets: [{ name: '${name}' }] }`))).toHaveLength(count);
});

describe('two DestinationRules of a host', () => {
  const two = (one: string, other: string, namespace = 'models'): string[] =>
    messagesOf(
      MM524,
      destinationRule(`{ host: a, ${one} }`, { name: 'one' }) +
        destinationRule(`{ host: a.models.svc.cluster.local, ${other} }`, { name: 'two', namespace }),
    );

  test('overwrite each other', () => {
    expect(two('trafficPolicy: {}', 'trafficPolicy: {}')).toEqual([
      "'a.models.svc.cluster.local' has a traffic policy in DestinationRule 'models/one', too, and Istio keeps only the one that was made first: put both into one DestinationRule",
    ]);
  });

  test('add up', () => {
    expect(two('trafficPolicy: {}', 'subsets: [{ name: s }]')).toEqual([]);
    expect(two('trafficPolicy: {}', 'trafficPolicy: {}', 'istio-system')).toEqual([]);
    expect(two('trafficPolicy: {}', 'trafficPolicy: {}, workloadSelector: { matchLabels: { a: b } }')).toEqual([]);
  });
});

describe('the platform', () => {
  const yaml =
    dynamicSubset('{ fallbackPolicy: ANY_ENDPOINT }') +
    virtualService(`[{ headerToDynamicSubsetKey: [{ header: model, key: k }], ${MESH} }]`);
  const transcoder =
    '---\napiVersion: istio.alibabacloud.com/v1beta1\nkind: ASMGrpcJsonTranscoder\nmetadata: { name: t, namespace: istio-system }\n';

  test('is not ASM by what is said of it', () => {
    expect(messagesOf(MM526, yaml + transcoder, '--platform istio:1.24')).toEqual([
      'spec.trafficPolicy.loadBalancer.dynamicSubset is a field of ASM that Istio 1.24 does not know: remove it, or use consistentHash with httpHeaderName',
      'spec.http[0].headerToDynamicSubsetKey is a field of ASM that Istio 1.24 does not know: remove it',
      'ASMGrpcJsonTranscoder is an object of ASM that Istio 1.24 does not know: remove it',
    ]);
  });

  test('is not ASM by a version that ASM does not serve', () => {
    expect(messagesOf(MM526, yaml.replaceAll('networking.istio.io/v1beta1', 'networking.istio.io/v1'))).toHaveLength(2);
  });

  test('is ASM, or not known', () => {
    expect(messagesOf(MM526, yaml, '--platform asm')).toEqual([]);
    expect(messagesOf(MM526, yaml)).toEqual([]);
    expect(messagesOf(MM526, yaml.replace('networking.istio.io/v1beta1', 'networking.istio.io/v1') + transcoder)).toEqual([]);
  });
});

test.each([
  ['{ subsetSelectors: [{ keys: [k] }] }', 1, 0],
  ['{ subsetSelectors: [{ keys: [k], fallbackPolicy: UNSPECIFIED }] }', 1, 0],
  ['{ subsetSelectors: [{ keys: [k] }, { keys: [l] }] }', 2, 0],
  ['{ subsetSelectors: [] }', 1, 0],
  ['{ subsetSelectors: [{ keys: [k] }], fallbackPolicy: ANY_ENDPOINT }', 0, 0],
  ['{ subsetSelectors: [{ keys: [k], fallbackPolicy: DEFAULT_SUBSET }] }', 0, 0],
  ['{ subsetSelectors: [{ keys: [k] }], fallbackPolicy: NO_FALLBACK }', 0, 1],
  ['{ subsetSelectors: [{ keys: [k], fallbackPolicy: ANY_ENDPOINT }], fallbackPolicy: NO_FALLBACK }', 0, 0],
  ['{ subsetSelectors: [{ keys: [k], fallbackPolicy: NO_FALLBACK }], fallbackPolicy: ANY_ENDPOINT }', 0, 1],
])('fallback of %s', (subset, missing, none) => {
  expect(messagesOf(MM528, dynamicSubset(subset))).toHaveLength(missing);
  expect(messagesOf(MM529, dynamicSubset(subset))).toHaveLength(none);
});

describe('keys', () => {
  const route = (more: string): string => virtualService(`[{ ${more} ${MESH} }]`);
  const map = 'headerToDynamicSubsetKey: [{ header: model, key: k }],';

  test('that no route fills in', () => {
    expect(messagesOf(MM531, dynamicSubset('{ subsetSelectors: [{ keys: [k, l] }] }') + route(map))).toEqual([
      "spec.trafficPolicy.loadBalancer.dynamicSubset.subsetSelectors[0].keys has 'l', which no route to 'modelmesh-serving' fills in, so no request gets to a subset: add it to headerToDynamicSubsetKey of the VirtualService",
    ]);
    expect(messagesOf(MM531, dynamicSubset('{ subsetSelectors: [{ keys: [k] }] }'))).toEqual([]);
    expect(
      messagesOf(MM531, dynamicSubset('{ subsetSelectors: [{ keys: [k] }] }') + virtualService(`[{ ${MESH} }, { ${map} ${MESH} }]`)),
    ).toEqual([]);
  });

  test('that no subset has', () => {
    expect(messagesOf(MM532, dynamicSubset('{ subsetSelectors: [{ keys: [l] }] }') + route(map))).toEqual([
      "spec.http[0].headerToDynamicSubsetKey[0].key 'k' is in no dynamicSubset of a DestinationRule for the destination, so header 'model' decides nothing: add it to subsetSelectors there",
    ]);
    expect(messagesOf(MM532, dynamicSubset('{ subsetSelectors: [{ keys: [k] }] }') + route(map))).toEqual([]);
    expect(messagesOf(MM532, route(map), '--existing DestinationRule/models/dr')).toEqual([]);
  });

  test('without mm-balanced', () => {
    expect(messagesOf(MM533, route(map))).toEqual([
      'spec.http[0].headers.request.set lacks mm-balanced, so a pod that holds the model still forwards requests to other holders: set mm-balanced: "true"',
    ]);
    expect(messagesOf(MM533, route(`${map} headers: { request: { set: { mm-balanced: 'true' } } },`))).toEqual([]);
    expect(messagesOf(MM533, route(''))).toEqual([]);
    expect(messagesOf(MM533, virtualService(`[{ ${map} route: [{ destination: { host: other } }] }]`))).toEqual([]);
    expect(
      messagesOf(
        MM533,
        virtualService(
          `[{ ${map} route: [{ destination: { host: modelmesh-serving }, headers: { request: { add: { mm-balanced: 'true' } } } }] }]`,
        ),
      ),
    ).toEqual([]);
  });
});
