import { ModelRouting } from '../../lib/routing/model-routing';
import { type RuntimeSubsetProps } from '../../lib/routing/runtime-subset';
import { UnknownModels } from '../../lib/routing/unknown-models';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { objectOf } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { GATEWAY_API, ISTIO, modelsOf, routesOf, synthMesh } from './helpers';

const TRITON = 'triton-2-x--168ed4c6f98c446b89e8';
const is = (model: string) => ({ port: 8008, headers: { model: { exact: model } } });
const to = (subset?: string) => [{ destination: { host: 'modelmesh-serving', subset, port: { number: 8033 } } }];
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('routing to the runtime of a model', () => {
  it('has a subset of the pods of each runtime that alone can serve a model', () => {
    const objects = routesOf(ModelRouting.runtimeSubset());
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'modelmesh-serving', namespace: 'models' },
      spec: {
        host: 'modelmesh-serving',
        subsets: [
          { name: 'mlserver', labels: { name: 'modelmesh-serving-mlserver' } },
          { name: TRITON, labels: { name: 'modelmesh-serving-triton-2.x' } },
        ],
      },
    });
  });

  it('has one route for each of them, and one for models that several can serve and all unknown ones', () => {
    const { http } = objectOf(routesOf(ModelRouting.runtimeSubset()), 'VirtualService').spec;
    expect(http).toEqual(
      withoutUndefined([
        { name: 'mlserver', match: [is('svm')], route: to('mlserver') },
        { name: TRITON, match: [is('tf-mnist')], route: to(TRITON) },
        { name: 'default', match: [{ port: 8008 }], route: to() },
      ]),
    );
    // Whoever gets a request may forward it: the pods are not those that hold the model.
    expect(JSON.stringify(http)).not.toContain('mm-balanced');
  });

  it('takes every property to the manifests, and knows what is declared from what is not', () => {
    const props: Required<RuntimeSubsetProps> = {
      unknownModels: UnknownModels.NOT_FOUND,
      destinationRuleName: 'own-rule',
      routeName: 'others',
    };
    const objects = routesOf(ModelRouting.runtimeSubset(props));
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'DestinationRule').metadata.name).toBe('own-rule');
    expect(objectOf(objects, 'VirtualService').spec.http.slice(2)).toEqual(
      withoutUndefined([
        { name: 'all-runtimes', match: [is('both')], route: to() },
        {
          name: 'others',
          match: [{ port: 8008 }],
          directResponse: { status: 404, body: { string: 'this gateway has no such model' } },
        },
      ]),
    );
  });

  it('has routes of their own for models with times of their own', () => {
    const models = [
      { name: 'a', runtimeNames: ['r'], timeoutSeconds: 60 },
      { name: 'b', runtimeNames: ['r'] },
      { name: 'c', runtimeNames: ['r'], timeoutSeconds: 60 },
      { name: 'd', runtimeNames: [], timeoutSeconds: 0.25 },
    ];
    const objects = routesOf(ModelRouting.runtimeSubset(), { models: () => models, route: { timeoutSeconds: 5 } });
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'VirtualService').spec.http).toEqual(
      withoutUndefined([
        { name: 'r-60s', match: [{ port: 8008, headers: { model: { regex: 'a|c' } } }], timeout: '60s', route: to('r') },
        { name: 'r', match: [is('b')], timeout: '5s', route: to('r') },
        { name: 'default-250ms', match: [is('d')], timeout: '250ms', route: to() },
        { name: 'default', match: [{ port: 8008 }], timeout: '5s', route: to() },
      ]),
    );
  });

  it('has few matches for many models, none too long for Istio', () => {
    const objects = routesOf(ModelRouting.runtimeSubset(), { models: () => modelsOf(['sklearn-mnist-', 1000]) });
    const { http } = objectOf(objects, 'VirtualService').spec;
    const expressions: string[] = http[0].match.map(({ headers }: { headers: { model: { regex: string } } }) => headers.model.regex);
    expect(expressions.length).toBe(18);
    for (const expression of expressions) expect(expression.length).toBeLessThanOrEqual(1024);
    expect(expressions.join('|').split('|')).toEqual(modelsOf(['sklearn-mnist-', 1000]).map(({ name }) => name));
  });

  it.each([ISTIO, MeshPlatform.istio('1.10'), MeshPlatform.asm()])(
    'asks the rules of ModelMesh which runtime that is: $name',
    (platform) => {
      const names = ['svm', 'tf-mnist', 'named-one'];
      const { objects, problems, findings } = synthMesh({ routing: ModelRouting.runtimeSubset(), platform }, names);
      expect([...problems, ...findings, ...schemaFindings(objects)]).toEqual([]);
      const { http } = objectOf(objects, 'VirtualService').spec;
      const conditions = http.map(({ match }: { match: { headers?: { model: object } }[] }) => match.map(({ headers }) => headers?.model));
      expect(conditions).toEqual([[{ regex: 'svm|named-one' }], [{ exact: 'tf-mnist' }], [undefined]]);
    },
  );

  it('reports what is wrong', () => {
    const strategy = ModelRouting.runtimeSubset({ destinationRuleName: 'A', routeName: '' })._strategy;
    expect(strategy.problems(GATEWAY_API)).toEqual([
      "routing runtimeSubset needs Istio's own objects, and the platform is the Gateway API with class 'istio', which has none: use " +
        'ModelRouting.gatewayApi(), or MeshPlatform.istio(VERSION)',
      "name of the DestinationRule 'A' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
      "name of the route '' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ]);
  });
});
