import { HashAlgorithm, type ConsistentHashProps } from '../../lib/routing/consistent-hash';
import { ModelRouting } from '../../lib/routing/model-routing';
import { objectOf } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { GATEWAY_API, ISTIO, modelsOf, routesOf, synthMesh } from './helpers';

const problemsOf = (props: ConsistentHashProps) => ModelRouting.consistentHash(props)._strategy.problems(ISTIO);
const hashOf = (props?: ConsistentHashProps) =>
  objectOf(routesOf(ModelRouting.consistentHash(props), { modelHeader: 'x-model' }), 'DestinationRule').spec.trafficPolicy;

// A pod that fails is left alone for a while: the retries of a request would all meet it again.
const OUTLIER_DETECTION = {
  consecutive5xxErrors: 0,
  consecutiveGatewayErrors: 3,
  interval: '1s',
  baseEjectionTime: '30s',
  maxEjectionPercent: 100,
  minHealthPercent: 1,
};

describe('routing by a hash', () => {
  it('is one rule and one route for any number of models', () => {
    const objects = routesOf(ModelRouting.consistentHash(), { models: () => modelsOf(['r', 1000]) });
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'modelmesh-serving', namespace: 'models' },
      spec: {
        host: 'modelmesh-serving',
        trafficPolicy: {
          loadBalancer: { consistentHash: { httpHeaderName: 'model', ringHash: { minimumRingSize: 1024 } } },
          outlierDetection: OUTLIER_DETECTION,
        },
      },
    });
    expect(objectOf(objects, 'VirtualService').spec.http).toEqual([
      {
        name: 'default',
        match: [{ port: 8008 }],
        route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
      },
    ]);
  });

  it('hashes the header of the gateway, on a ring or by Maglev', () => {
    expect(hashOf({ minimumRingSize: 4096 })).toEqual({
      loadBalancer: { consistentHash: { httpHeaderName: 'x-model', ringHash: { minimumRingSize: 4096 } } },
      outlierDetection: OUTLIER_DETECTION,
    });
    expect(hashOf({ algorithm: HashAlgorithm.MAGLEV })).toEqual({
      loadBalancer: { consistentHash: { httpHeaderName: 'x-model', maglev: { tableSize: 65537 } } },
      outlierDetection: OUTLIER_DETECTION,
    });
    expect(hashOf({ algorithm: HashAlgorithm.MAGLEV, tableSize: 4_999_999 })).toEqual({
      loadBalancer: { consistentHash: { httpHeaderName: 'x-model', maglev: { tableSize: 4_999_999 } } },
      outlierDetection: OUTLIER_DETECTION,
    });
  });

  it('stays within the runtime of a model when asked to', () => {
    const props = { withinRuntimes: true, destinationRuleName: 'own-rule', routeName: 'others' };
    const { objects, problems, findings } = synthMesh({ routing: ModelRouting.consistentHash(props), platform: ISTIO });
    expect([...problems, ...findings, ...schemaFindings(objects)]).toEqual([]);
    const { spec } = objectOf(objects, 'DestinationRule', 'own-rule');
    expect(spec.trafficPolicy.loadBalancer.consistentHash.httpHeaderName).toBe('model');
    // Without a policy of their own they have that of the host.
    expect(spec.subsets).toEqual([
      { name: expect.stringMatching(/^mlserver-1-x--/), labels: { name: 'modelmesh-serving-mlserver-1.x' } },
      { name: expect.stringMatching(/^triton-2-x--/), labels: { name: 'modelmesh-serving-triton-2.x' } },
    ]);
    const names = objectOf(objects, 'VirtualService').spec.http.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...spec.subsets.map(({ name }: { name: string }) => name), 'others']);
    expect(JSON.stringify(objects)).not.toContain('"mm-balanced":"true"');
  });
});

describe('routing by a hash reports', () => {
  it('a platform without objects of Istio', () => {
    expect(ModelRouting.consistentHash()._strategy.problems(GATEWAY_API)).toEqual([
      "routing consistentHash needs Istio's own objects, and the platform is the Gateway API with class 'istio', which has none: use " +
        'ModelRouting.gatewayApi(), or MeshPlatform.istio(VERSION)',
    ]);
  });

  it.each([
    [2, []],
    [4_999_999, []],
    [1, ["tableSize is '1': use a whole number from 2 to 5000010"]],
    [5_000_011, ["tableSize is '5000011': use a whole number from 2 to 5000010"]],
    [65_536, ["tableSize '65536' is no prime, and Istio refuses it: use e.g. 65537, or leave it out for 65537"]],
    [5_000_010, ["tableSize '5000010' is no prime, and Istio refuses it: use e.g. 4999999, or leave it out for 65537"]],
  ])('the table size %j', (tableSize, problems) => {
    expect(problemsOf({ algorithm: HashAlgorithm.MAGLEV, tableSize })).toEqual(problems);
  });

  it('sizes of the other algorithm, and other wrong properties', () => {
    expect(problemsOf({ tableSize: 7 })).toEqual([
      "tableSize '7' is for Maglev, and the algorithm is a ring: set HashAlgorithm.MAGLEV, or use minimumRingSize",
    ]);
    expect(problemsOf({ algorithm: HashAlgorithm.MAGLEV, minimumRingSize: 7 })).toEqual([
      "minimumRingSize '7' is for a ring, and the algorithm is Maglev: set HashAlgorithm.RING_HASH, or use tableSize",
    ]);
    expect(problemsOf({ minimumRingSize: 0, destinationRuleName: 'A', routeName: 'A' })).toEqual([
      "minimumRingSize is '0': use a whole number from 1 to 8388608",
      "name of the DestinationRule 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
      "name of the route 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ]);
  });
});
