import { type HolderFirstProps } from '../../lib/routing/holder-first';
import { ModelRouting } from '../../lib/routing/model-routing';
import { UnknownModels } from '../../lib/routing/unknown-models';
import { dnsLabelOf, modelLabelKey } from '../../lib/values/model-label';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { objectOf } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { GATEWAY_API, ISTIO, modelsOf, problemsOfRoutes, routesOf, synthMesh } from './helpers';

const one = [{ name: 'tf-mnist', runtimeNames: ['triton-2.x'] }];
const routed = (props?: HolderFirstProps, models = one) => routesOf(ModelRouting.holderFirst(props), { models: () => models });
const problemsOn = (platform: MeshPlatform, props?: HolderFirstProps) => ModelRouting.holderFirst(props)._strategy.problems(platform);

const OUTLIERS = {
  consecutive5xxErrors: 0,
  consecutiveGatewayErrors: 3,
  interval: '1s',
  baseEjectionTime: '30s',
  maxEjectionPercent: 100,
  minHealthPercent: 1,
};

describe('routing to holders first', () => {
  it('has a Service of its own with one port, and not the label that would have ModelMesh delete it', () => {
    expect(objectOf(routed(), 'Service')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'modelmesh-serving-holders', namespace: 'models' },
      spec: {
        type: 'ClusterIP',
        selector: { 'modelmesh-service': 'modelmesh-serving' },
        ports: [{ name: 'grpc', port: 8033, targetPort: 8033, protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' }],
      },
    });
  });

  it('has a subset for each model, of all pods, with the holders in front', () => {
    const objects = routed();
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'modelmesh-serving-holders', namespace: 'models' },
      spec: {
        host: 'modelmesh-serving-holders',
        // For all subsets: without it Istio ignores their priorities.
        trafficPolicy: { outlierDetection: OUTLIERS },
        subsets: [
          {
            name: 'tf-mnist',
            trafficPolicy: {
              loadBalancer: {
                simple: 'ROUND_ROBIN',
                localityLbSetting: { enabled: true, failoverPriority: ['models.modelmesh.cdk8s.io/tf-mnist=loaded'] },
              },
            },
          },
        ],
      },
    });
  });

  it('tells ModelMesh that it balances where it does, and sends all else to any pod', () => {
    expect(objectOf(routed(), 'VirtualService').spec.http).toEqual([
      {
        name: 'tf-mnist',
        match: [{ port: 8008, headers: { model: { exact: 'tf-mnist' } } }],
        headers: { request: { set: { 'mm-balanced': 'true' } } },
        retries: { attempts: 2, retryRemoteLocalities: true },
        route: [{ destination: { host: 'modelmesh-serving-holders', subset: 'tf-mnist', port: { number: 8033 } } }],
      },
      {
        name: 'default',
        match: [{ port: 8008 }],
        route: [{ destination: { host: 'modelmesh-serving-holders', port: { number: 8033 } } }],
      },
    ]);
  });

  it('takes every property to the manifests', () => {
    const props: Required<HolderFirstProps> = {
      labelPrefix: 'example.com',
      unknownModels: UnknownModels.NOT_FOUND,
      failuresUntilEjection: 5,
      ejectionSeconds: 60,
      holderServiceName: 'own-service',
      routeName: 'others',
    };
    const objects = routed(props);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'Service').metadata.name).toBe('own-service');
    expect(objectOf(objects, 'DestinationRule', 'own-service').spec).toMatchObject({
      host: 'own-service',
      trafficPolicy: { outlierDetection: { ...OUTLIERS, consecutiveGatewayErrors: 5, baseEjectionTime: '60s' } },
      subsets: [
        {
          trafficPolicy: {
            loadBalancer: { localityLbSetting: { failoverPriority: ['example.com/tf-mnist=loaded'] } },
          },
        },
      ],
    });
    const { http } = objectOf(objects, 'VirtualService').spec;
    expect(http[0].route[0].destination.host).toBe('own-service');
    expect(http[1]).toEqual({
      name: 'others',
      match: [{ port: 8008 }],
      directResponse: { status: 404, body: { string: 'this gateway has no such model' } },
    });
  });

  it('gives names that no label or subset can have others of their own', () => {
    const names = ['a'.repeat(64), `${'a'.repeat(64)}b`, 'b'.repeat(63)];
    const objects = routed(
      {},
      names.map((name) => ({ name, runtimeNames: ['r'] })),
    );
    expect(schemaFindings(objects)).toEqual([]);
    const { subsets } = objectOf(objects, 'DestinationRule').spec;
    const { http } = objectOf(objects, 'VirtualService').spec;
    names.forEach((name, index) => {
      expect(subsets[index].name).toBe(dnsLabelOf(name));
      expect(subsets[index].name.length).toBe(63);
      expect(subsets[index].trafficPolicy.loadBalancer.localityLbSetting.failoverPriority).toEqual([`${modelLabelKey(name)}=loaded`]);
      expect(http[index].match).toEqual([{ port: 8008, headers: { model: { exact: name } } }]);
      expect(http[index].route[0].destination.subset).toBe(subsets[index].name);
    });
    expect(new Set(subsets.map(({ name }: { name: string }) => name)).size).toBe(3);
  });

  it.each([
    ['Istio', ISTIO],
    ['ASM', MeshPlatform.asm()],
  ])('knows the models that were added after the gateway, and no check finds anything beside a labeller, on %s', (_name, platform) => {
    const { objects, problems, findings } = synthMesh({ routing: ModelRouting.holderFirst(), platform }, undefined, { isLabelled: true });
    expect([...problems, ...findings, ...schemaFindings(objects)]).toEqual([]);
    const subsets = objectOf(objects, 'DestinationRule').spec.subsets.map(({ name }: { name: string }) => name);
    expect(subsets).toEqual(['svm', 'tf-mnist', 'any-model']);
    const routes = objectOf(objects, 'VirtualService').spec.http.map(({ name }: { name: string }) => name);
    expect(routes).toEqual(['svm', 'tf-mnist', 'any-model', 'default']);
  });

  it('warns when nothing labels the pods', () => {
    const { problems, findings } = synthMesh({ routing: ModelRouting.holderFirst(), platform: ISTIO });
    expect([...problems, ...findings]).toEqual([
      "MM567 spec.subsets[0].trafficPolicy.loadBalancer.localityLbSetting.failoverPriority[0] 'models.modelmesh.cdk8s.io/svm=loaded' is a label " +
        'that nothing in the manifests gives to pods, so requests go to any pod: add a PlacementLabeller for the mesh in namespace ' +
        "'models', or suppress this if something else labels the pods",
    ]);
  });

  it('has no subsets for a mesh without models', () => {
    const objects = routed({}, []);
    expect(objectOf(objects, 'DestinationRule').spec.subsets).toEqual([]);
    expect(objectOf(objects, 'VirtualService').spec.http).toHaveLength(1);
  });

  it('shortens the name of its Service with the name of the mesh', () => {
    const serviceName = 'm'.repeat(60);
    const objects = routesOf(ModelRouting.holderFirst(), { serviceName });
    const name = `${'m'.repeat(41)}--${/[0-9a-f]{20}$/.exec(objectOf(objects, 'Service').metadata.name)?.[0]}`;
    expect(objectOf(objects, 'Service').metadata.name).toBe(name);
    expect(objectOf(objects, 'DestinationRule').spec.host).toBe(name);
    expect(objectOf(objects, 'Service').spec.selector).toEqual({ 'modelmesh-service': serviceName });
  });
});

describe('routing to holders first reports', () => {
  it('platforms that cannot do it', () => {
    expect(problemsOn(ISTIO)).toEqual([]);
    expect(problemsOn(MeshPlatform.istio('1.21.3'))).toEqual([
      'routing holderFirst needs Istio 1.22, from which on a changed label of a pod reaches the gateway, and the platform is Istio 1.21.3: ' +
        'use ModelRouting.runtimeSubset(), or a newer Istio',
    ]);
    expect(problemsOn(GATEWAY_API)).toEqual([
      "routing holderFirst needs Istio's own objects, and the platform is the Gateway API with class 'istio', which has none: use " +
        'ModelRouting.gatewayApi(), or MeshPlatform.istio(VERSION)',
    ]);
  });

  it('wrong properties, all at once', () => {
    const props = { labelPrefix: 'a/b', failuresUntilEjection: 0, ejectionSeconds: 0.5, holderServiceName: '9', routeName: 'A' };
    expect(problemsOn(ISTIO, props)).toEqual([
      "label prefix 'a/b' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
      "failuresUntilEjection is '0': use a whole number from 1 to 1000",
      "ejectionSeconds is '0.5': use a whole number from 1 to 3600",
      "name of the holders Service '9' is not valid: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
      "name of the route 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ]);
  });

  it("a Service with the name of the mesh's own", () => {
    expect(problemsOfRoutes(ModelRouting.holderFirst({ holderServiceName: 'modelmesh-serving' }))).toEqual([
      "holderServiceName is 'modelmesh-serving', and the Service of that name is ModelMesh's own, which both would change: use another, or " +
        'leave it out',
    ]);
  });

  it('more models than an object can hold', () => {
    const routing = ModelRouting.holderFirst();
    expect(problemsOfRoutes(routing, { models: () => modelsOf(['r', 4000]) })).toEqual([]);
    const problem = (kind: string, count: number) =>
      expect.stringMatching(
        new RegExp(
          `^the routes to ${count} models make a ${kind} of 1[0-9]{6} bytes, and a cluster stores at most 1500000: use ModelRouting\\.consistentHash\\(\\), ` +
            'which does not grow with the models, or spread the models over several meshes$',
        ),
      );
    expect(problemsOfRoutes(routing, { models: () => modelsOf(['r', 6000]) })).toEqual([problem('VirtualService', 6000)]);
    expect(problemsOfRoutes(ModelRouting.runtimeSubset(), { models: () => modelsOf(['r', 20_000]) })).toEqual([]);
    expect(problemsOfRoutes(ModelRouting.consistentHash(), { models: () => modelsOf(['r', 20_000]) })).toEqual([]);
  });
});
