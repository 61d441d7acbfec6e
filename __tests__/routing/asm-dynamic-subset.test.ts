import { SubsetFallback, SubsetLoadBalancing, type AsmDynamicSubsetProps } from '../../lib/routing/asm-dynamic-subset';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { namesOf, objectOf, synthGateway } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';

const routed = (props?: AsmDynamicSubsetProps) => synthGateway({ routing: ModelRouting.asmDynamicSubset(props) });

describe("routing by ASM's dynamic subsets", () => {
  it('has defaults', () => {
    const { objects, problems } = routed();
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'modelmesh-serving', namespace: 'models' },
      spec: {
        host: 'modelmesh-serving',
        trafficPolicy: {
          loadBalancer: {
            dynamicSubset: { subsetSelectors: [{ keys: ['modelmesh.asm.alibabacloud.com'], fallbackPolicy: 'ANY_ENDPOINT' }] },
          },
        },
      },
    });
    expect(objectOf(objects, 'VirtualService')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      metadata: { name: 'vs-modelmesh-serving-service', namespace: 'models' },
      spec: {
        gateways: ['grpc-gateway'],
        hosts: ['*'],
        http: [
          {
            name: 'default',
            match: [{ port: 8008 }],
            headerToDynamicSubsetKey: [{ header: 'model', key: 'modelmesh.asm.alibabacloud.com' }],
            headers: { request: { set: { 'mm-balanced': 'true' } } },
            route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
          },
        ],
      },
    });
  });

  it('takes every property to the manifests', () => {
    const props: Required<AsmDynamicSubsetProps> = {
      header: 'x-model',
      subsetKey: 'example.com/models',
      fallback: SubsetFallback.NO_FALLBACK,
      loadBalancing: SubsetLoadBalancing.LEAST_REQUEST,
      markBalanced: false,
      routeName: 'by-model',
      destinationRuleName: 'own-rule',
    };
    const { objects, problems } = routed(props);
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule', 'own-rule').spec).toEqual({
      host: 'modelmesh-serving',
      trafficPolicy: {
        loadBalancer: {
          dynamicSubset: {
            subsetSelectors: [{ keys: ['example.com/models'], fallbackPolicy: 'NO_FALLBACK' }],
            lbPolicy: 'LEAST_REQUEST',
          },
        },
      },
    });
    // Without the header that says that the gateway balances.
    expect(objectOf(objects, 'VirtualService').spec.http).toEqual([
      {
        name: 'by-model',
        match: [{ port: 8008 }],
        headerToDynamicSubsetKey: [{ header: 'x-model', key: 'example.com/models' }],
        route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
      },
    ]);
  });

  it.each([
    [SubsetLoadBalancing.ROUND_ROBIN, 'ROUND_ROBIN'],
    [SubsetLoadBalancing.LEAST_REQUEST, 'LEAST_REQUEST'],
    [SubsetLoadBalancing.RANDOM, 'RANDOM'],
  ])('balances by %s', (loadBalancing, lbPolicy) => {
    const { objects } = routed({ loadBalancing });
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule').spec.trafficPolicy.loadBalancer.dynamicSubset.lbPolicy).toBe(lbPolicy);
  });

  it.each([
    [SubsetFallback.ANY_ENDPOINT, 'ANY_ENDPOINT'],
    [SubsetFallback.NO_FALLBACK, 'NO_FALLBACK'],
  ])('falls back to %s', (fallback, fallbackPolicy) => {
    const { objects } = routed({ fallback });
    expect(objectOf(objects, 'DestinationRule').spec.trafficPolicy.loadBalancer.dynamicSubset.subsetSelectors[0].fallbackPolicy).toBe(
      fallbackPolicy,
    );
  });

  it('carries the marks of its gateway', () => {
    const { objects } = synthGateway({ routing: ModelRouting.asmDynamicSubset(), labels: { team: 'a' }, annotations: { note: 'b' } });
    for (const kind of ['DestinationRule', 'VirtualService']) {
      expect(objectOf(objects, kind).metadata).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'b' } });
    }
  });

  it('may serve several gateways', () => {
    const routing = ModelRouting.asmDynamicSubset();
    const names = [8008, 9008].map((port) => namesOf(synthGateway({ routing, port }).objects));
    expect(names[0]).toContain('DestinationRule models/modelmesh-serving');
    expect(names[1]).toContain('DestinationRule models/modelmesh-serving');
  });

  it('does not change with what the caller passed', () => {
    const props = { header: 'x-model', fallback: SubsetFallback.NO_FALLBACK };
    const routing = ModelRouting.asmDynamicSubset(props);
    Object.assign(props, { header: 'X', fallback: undefined });
    const { objects, problems } = synthGateway({ routing });
    expect(problems).toEqual([]);
    expect(objectOf(objects, 'VirtualService').spec.http[0].headerToDynamicSubsetKey[0].header).toBe('x-model');
    expect(objectOf(objects, 'DestinationRule').spec.trafficPolicy.loadBalancer.dynamicSubset.subsetSelectors[0].fallbackPolicy).toBe(
      'NO_FALLBACK',
    );
  });
});

describe("routing by ASM's dynamic subsets reports", () => {
  it('a platform other than ASM', () => {
    const { problems } = synthGateway({ routing: ModelRouting.asmDynamicSubset(), platform: MeshPlatform.istio('1.26.1') });
    expect(problems).toEqual([
      'routing asmDynamicSubset needs ASM, and the platform is Istio 1.26.1, which refuses its fields: use ModelRouting.any(), or ' +
        'MeshPlatform.asm() on ASM',
    ]);
  });

  it.each(['', 'Model', 'x model', ':path', 'x-model\n', 'modèle'])('the header %j', (header) => {
    expect(routed({ header }).problems).toEqual([
      `header '${header.replace('\n', '\\n')}' is not valid: use lower-case letters, digits and '-'`,
    ]);
  });

  it.each(['', 'a b', 'models/'])('the subset key %j', (subsetKey) => {
    expect(routed({ subsetKey }).problems).toEqual([expect.stringMatching(/subset key '.*' is not valid: use letters, digits/)]);
  });

  it('the name of the DestinationRule', () => {
    expect(routed({ destinationRuleName: 'A' }).problems).toEqual([
      "name of the DestinationRule 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ]);
  });

  it.each(['model', 'x-model-9', 'x_model'])('not the header %s', (header) => {
    expect(routed({ header }).problems).toEqual([]);
  });
});
