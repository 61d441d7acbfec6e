import { Duration } from 'cdk8s';
import { InferenceGateway } from '../../lib/gateway/inference-gateway';
import { doorScript, INTERNAL_HEADERS } from '../../lib/gateway/model-name-scripts';
import { ModelNaming } from '../../lib/gateway/model-naming';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { SubsetFallback, SubsetLoadBalancing, type AsmDynamicSubsetProps } from '../../lib/routing/asm-dynamic-subset';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ModelSource } from '../../lib/storage/model-source';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { ModelFormat } from '../../lib/values/model-format';
import { namesOf, objectOf, synthGateway } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { makeChart, manifestsOf, problemsOf } from '../support/synth';

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
            headers: { request: { set: { 'mm-balanced': 'true' }, remove: INTERNAL_HEADERS.filter((name) => name !== 'mm-balanced') } },
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
      additionalKeys: [{ header: 'x-zone', key: 'example.com/zone', defaultValue: 'a' }],
      fallback: SubsetFallback.DEFAULT_SUBSET,
      defaultSubset: { 'example.com/spare': 'yes' },
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
            // For requests with a part of the headers.
            fallbackPolicy: 'DEFAULT_SUBSET',
            defaultSubset: { 'example.com/spare': 'yes' },
            subsetSelectors: [
              { keys: ['example.com/models', 'example.com/zone'], fallbackPolicy: 'DEFAULT_SUBSET' },
              { keys: ['example.com/models'], fallbackPolicy: 'DEFAULT_SUBSET' },
            ],
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
        headerToDynamicSubsetKey: [
          { header: 'x-model', key: 'example.com/models' },
          { header: 'x-zone', key: 'example.com/zone', defaultValue: 'a' },
        ],
        headers: { request: { remove: INTERNAL_HEADERS } },
        route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
      },
    ]);
  });

  it('tells its gateway the header by which models are known', () => {
    const chart = makeChart();
    const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
    const slow = { format: ModelFormat.SKLEARN, source: ModelSource.gcs({ bucket: 'models', path: 'a' }) };
    mesh.addModel('slow', slow);
    new InferenceGateway(chart, 'gateway', {
      mesh,
      routing: ModelRouting.asmDynamicSubset({ header: 'x-model' }),
      modelNaming: ModelNaming.checked(),
      modelTimeouts: { slow: Duration.minutes(10) },
    });
    expect(problemsOf(chart)).toEqual([]);
    const objects = manifestsOf(chart);
    const [own, all] = objectOf(objects, 'VirtualService').spec.http;
    expect(own.match).toEqual([{ port: 8008, headers: { 'x-model': { exact: 'slow' } } }]);
    for (const route of [own, all]) expect(route.headerToDynamicSubsetKey[0].header).toBe('x-model');
    const door = objectOf(objects, 'EnvoyFilter', 'modelmesh-model-name').spec.configPatches[0].patch.value;
    expect(door.typed_config.default_source_code.inline_string).toBe(doorScript('x-model'));
  });

  it.each([
    ['model', 'model'],
    ['x-model', 'x-model'],
  ])('may name the header that its gateway names: %s', (header, modelHeader) => {
    expect(synthGateway({ modelHeader, routing: ModelRouting.asmDynamicSubset({ header }) }).problems).toEqual([]);
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
      'routing asmDynamicSubset needs ASM, and the platform is Istio 1.26.1, which refuses its fields: use ModelRouting.holderFirst(), or ' +
        'MeshPlatform.asm() on ASM',
    ]);
  });

  it.each([
    [MeshPlatform.istio('1.20'), 'ModelRouting.runtimeSubset()'],
    [MeshPlatform.gatewayApi({ gatewayClassName: 'eg' }), 'ModelRouting.gatewayApi()'],
  ])('a platform, with the strategy that comes nearest there: $name', (platform, nearest) => {
    expect(ModelRouting.asmDynamicSubset()._strategy.problems(platform)).toEqual([
      `routing asmDynamicSubset needs ASM, and the platform is ${platform.name}, which refuses its fields: use ${nearest}, or MeshPlatform.asm() on ASM`,
    ]);
  });

  it('additional keys and the default subset', () => {
    const additionalKeys = [
      { header: 'X', key: 'a b' },
      { header: 'x-zone', key: 'modelmesh.asm.alibabacloud.com' },
      { header: 'x-one', key: 'example.com/zone' },
      { header: 'x-two', key: 'example.com/zone' },
    ];
    expect(routed({ additionalKeys, fallback: SubsetFallback.DEFAULT_SUBSET }).problems).toEqual([
      "header of an additional key 'X' is not valid: use lower-case letters, digits and '-'",
      "additional key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
      "additional key 'modelmesh.asm.alibabacloud.com' is there twice: a key has one header, so remove one of them",
      "additional key 'example.com/zone' is there twice: a key has one header, so remove one of them",
      'fallback DEFAULT_SUBSET needs a defaultSubset: name the labels of the pods that take over, or use SubsetFallback.ANY_ENDPOINT',
    ]);
    expect(routed({ defaultSubset: { a: '!' } }).problems).toEqual([
      'defaultSubset is for the fallback DEFAULT_SUBSET, and the fallback is ANY_ENDPOINT: remove it, or set SubsetFallback.DEFAULT_SUBSET',
      "value of label of the default subset 'a' '!' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ]);
  });

  it.each(['', 'Model', 'x model', ':path', 'x-model\n', 'modèle'])('the header %j', (header) => {
    expect(routed({ header }).problems).toEqual([
      `header '${header.replace('\n', '\\n')}' is not valid: use lower-case letters, digits and '-'`,
    ]);
  });

  it.each(['model', 'x-other'])('a header other than that of its gateway, %s', (modelHeader) => {
    expect(synthGateway({ modelHeader, routing: ModelRouting.asmDynamicSubset({ header: 'x-model' }) }).problems).toEqual([
      `modelHeader is '${modelHeader}' for the gateway, and header is 'x-model' for its routing: leave out one of them`,
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
