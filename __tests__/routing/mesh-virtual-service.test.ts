import { ModelRouting } from '../../lib/routing/model-routing';
import type { RouteSettings } from '../../lib/routing/route-settings';
import { objectOf } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { contextWith, routesOf } from './helpers';
import { httpRoutes, withOwnTimeouts } from '../../lib/routing/mesh-virtual-service';
import { MeshPlatform } from '../../lib/values/mesh-platform';

const settings: RouteSettings = {
  timeoutSeconds: 300,
  retries: { attempts: 2, perTryTimeoutSeconds: 0.5, retryOn: ['unavailable', 'connect-failure'] },
  requestHeaders: { set: { 'x-a': '1' }, remove: ['mm-balanced', 'mm-vmodel-id', 'x-a'] },
};
const times = { timeout: '300s', retries: { attempts: 2, perTryTimeout: '500ms', retryOn: 'unavailable,connect-failure' } };

describe('every route carries the settings of the gateway', () => {
  it.each([
    ['any', ModelRouting.any()],
    ['asmDynamicSubset', ModelRouting.asmDynamicSubset()],
    ['holderFirst', ModelRouting.holderFirst()],
    ['runtimeSubset', ModelRouting.runtimeSubset()],
    ['consistentHash', ModelRouting.consistentHash()],
  ])('of %s', (_name, routing) => {
    const objects = routesOf(routing, { route: settings, platform: MeshPlatform.asm() });
    expect(schemaFindings(objects)).toEqual([]);
    for (const route of objectOf(objects, 'VirtualService').spec.http) {
      expect(route).toMatchObject(times);
      const { set, remove } = route.headers.request;
      expect(set['x-a']).toBe('1');
      // What is set is not taken away, although either order would do.
      expect(remove).toEqual(set['mm-balanced'] === 'true' ? ['mm-vmodel-id'] : ['mm-balanced', 'mm-vmodel-id']);
    }
  });

  it('but for a route that the gateway answers itself', () => {
    const [route] = httpRoutes(contextWith({ route: settings }), [{ name: 'none', isNotFound: true }]);
    expect(Object.keys(route!)).toEqual(['name', 'match', 'directResponse']);
  });

  it('where pods have priorities a retry may go to those of a lower one, unless there are none', () => {
    const retriesOf = (retries: RouteSettings['retries']) =>
      JSON.parse(JSON.stringify(httpRoutes(contextWith({ route: { retries } }), [{ name: 'a', hasPriorities: true }])))[0].retries;
    expect(retriesOf(undefined)).toEqual({ attempts: 2, retryRemoteLocalities: true });
    expect(retriesOf(settings.retries)).toEqual({ ...times.retries, retryRemoteLocalities: true });
    expect(retriesOf({ attempts: 0 })).toEqual({ attempts: 0 });
  });

  it('and none has fields for settings that are not there', () => {
    const [route] = httpRoutes(contextWith({ route: { retries: { attempts: 0 } } }), [{ name: 'a' }]);
    expect(JSON.parse(JSON.stringify(route))).toEqual({
      name: 'a',
      match: [{ port: 8008 }],
      retries: { attempts: 0 },
      route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
    });
  });
});

it('who tells ModelMesh that the gateway balances: the strategies that send requests evenly to holders, and no other', () => {
  const balanced = (routing: ModelRouting) =>
    objectOf(routesOf(routing, { platform: MeshPlatform.asm() }), 'VirtualService').spec.http.map(
      ({ headers }: { headers?: { request: { set: { 'mm-balanced'?: string } } } }) => headers?.request.set['mm-balanced'],
    );
  expect(balanced(ModelRouting.asmDynamicSubset())).toEqual(['true']);
  expect(balanced(ModelRouting.holderFirst())).toEqual(['true', 'true', 'true', undefined]);
  expect(balanced(ModelRouting.runtimeSubset())).toEqual([undefined, undefined, undefined]);
  expect(balanced(ModelRouting.consistentHash())).toEqual([undefined]);
  expect(balanced(ModelRouting.any())).toEqual([undefined]);
});

describe('models with a time of their own', () => {
  it('have one route for each time, before that of all others', () => {
    const models = [
      { name: 'a', runtimeNames: [], timeoutSeconds: 60 },
      { name: 'b', runtimeNames: [] },
      { name: 'c', runtimeNames: [], timeoutSeconds: 600 },
      { name: 'd', runtimeNames: [], timeoutSeconds: 60 },
    ];
    expect(withOwnTimeouts({ name: 'all', subset: 's' }, models)).toEqual([
      { name: 'all-60s', subset: 's', models: ['a', 'd'], timeoutSeconds: 60 },
      { name: 'all-600s', subset: 's', models: ['c'], timeoutSeconds: 600 },
      { name: 'all', subset: 's' },
    ]);
  });

  it('have it with every strategy of Istio', () => {
    const models = () => [{ name: 'slow', runtimeNames: ['r'], timeoutSeconds: 600 }];
    const strategies = [
      ModelRouting.any(),
      ModelRouting.asmDynamicSubset(),
      ModelRouting.holderFirst(),
      ModelRouting.runtimeSubset(),
      ModelRouting.consistentHash(),
    ];
    for (const routing of strategies) {
      const { http } = objectOf(routesOf(routing, { models, platform: MeshPlatform.asm() }), 'VirtualService').spec;
      expect(http[0]).toMatchObject({ match: [{ port: 8008, headers: { model: { exact: 'slow' } } }], timeout: '600s' });
      expect(http.at(-1).timeout).toBeUndefined();
    }
  });
});
