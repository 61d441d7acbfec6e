import { meshListenersOf, runtimeListenersOf } from '../../../lib/modelmesh/runtime/listeners';
import { runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { setOf } from '../../support/checks';

function inSet(spec: object, config?: string): [ReturnType<typeof setOf>, ReturnType<typeof runtimesOf>[number]] {
  const runtime = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'a' }, spec };
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model-serving-config' }, data: { 'config.yaml': config } };
  const set = setOf([runtime, ...(config === undefined ? [] : [settings])].map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
  return [set, runtimesOf(set)[0]!];
}

const ADAPTER = { builtInAdapter: { serverType: 'triton', runtimeManagementPort: 7071 }, grpcEndpoint: 'port:8085' };

test.each<[string, object, string | undefined, number[]]>([
  ['the puller', {}, undefined, [2112, 8008, 8033, 8080, 8086, 8089, 8090]],
  ['neither puller nor adapter', { storageHelper: { disabled: true } }, undefined, [2112, 8008, 8033, 8080, 8089, 8090]],
  ['an adapter', ADAPTER, undefined, [2112, 8008, 8033, 8080, 8085, 8089, 8090]],
  ['an adapter at a port of its own', { ...ADAPTER, grpcEndpoint: 'port:9' }, undefined, [9, 2112, 8008, 8033, 8080, 8089, 8090]],
  ['no REST proxy', ADAPTER, 'restProxy: { enabled: false }', [2112, 8033, 8080, 8085, 8089, 8090]],
  ['no metrics', ADAPTER, 'metrics: { enabled: false }', [8008, 8033, 8080, 8085, 8089, 8090]],
  [
    'ports of its own in the configuration',
    ADAPTER,
    'INFERENCESERVICEPORT: 1\nrestProxy: { port: 2 }\nmetrics: { Port: 3 }',
    [1, 2, 3, 8080, 8085, 8089, 8090],
  ],
])('with %s ModelMesh listens on its ports', (_case, spec, config, ports) => {
  expect([...meshListenersOf(...inSet(spec, config)).keys()].sort((a, b) => a - b)).toEqual(ports);
});

test('a runtime listens where it declares, at its endpoints and at the port of its management', () => {
  const [, runtime] = inSet({
    ...ADAPTER,
    grpcDataEndpoint: 'port:7070',
    containers: [{ name: 'triton', ports: [{ containerPort: 9000 }, { containerPort: 8080 }, { containerPort: 'x' }, null] }],
  });
  // 8080 is refused where it is declared, which is another mistake.
  expect(runtimeListenersOf(runtime).map(({ port }) => port)).toEqual([9000, 7070, 7071]);
});

test('without an adapter the management endpoint is the server itself', () => {
  const [, runtime] = inSet({ grpcEndpoint: 'port:8085', grpcDataEndpoint: 'unix:/a/b' });
  expect(runtimeListenersOf(runtime)).toEqual([{ port: 8085, path: ['spec', 'grpcEndpoint'], text: 'port:8085' }]);
});
