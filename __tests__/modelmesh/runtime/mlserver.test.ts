import { mlserverSettingOf, plainServerOf } from '../../../lib/modelmesh/runtime/mlserver';
import { containersOf, type Runtime, runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { setOf } from '../../support/checks';

function runtime(...containers: object[]): Runtime {
  const manifest = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'a' }, spec: { containers } };
  return runtimesOf(setOf(JSON.stringify(manifest)))[0]!;
}

function port(container: object): { value: string | undefined; isSet: boolean } | undefined {
  const setting = mlserverSettingOf(containersOf(runtime(container))[0]!, 'MLSERVER_HTTP_PORT');
  return setting && { value: setting.value, isSet: setting.isSet };
}

test.each<[string, object, object | undefined]>([
  ['the default of the official image', { image: 'seldonio/mlserver:1.3.2' }, { value: '8080', isSet: false }],
  ['the default of the official image by digest', { image: 'docker.io/seldonio/mlserver@sha256:a' }, { value: '8080', isSet: false }],
  ['nothing of another image', { image: 'example.com/seldonio/mlserver:1.3.2' }, undefined],
  ['nothing without an image', {}, undefined],
  ['nothing behind a command', { image: 'seldonio/mlserver:1', command: ['sh'] }, undefined],
  ['nothing beside variables from elsewhere', { image: 'seldonio/mlserver:1', envFrom: [{}] }, undefined],
  ['a variable', { env: [{ name: 'MLSERVER_HTTP_PORT', value: '1' }] }, { value: '1', isSet: true }],
  ['the last of two variables', { env: ['1', '2'].map((value) => ({ name: 'MLSERVER_HTTP_PORT', value })) }, { value: '2', isSet: true }],
  [
    'that a variable is there, but not its value',
    { env: [{ name: 'MLSERVER_HTTP_PORT', valueFrom: {} }] },
    { value: undefined, isSet: true },
  ],
])('%s is known', (_case, container, expected) => {
  expect(port(container)).toEqual(expected);
});

test.each<[string, object[], string | undefined]>([
  ['seldonio/mlserver', [{ name: 'a', image: 'seldonio/mlserver:1' }], 'mlserver'],
  ['Triton', [{ name: 'a', image: 'nvcr.io/nvidia/tritonserver:23.04-py3' }], 'triton'],
  ['OpenVINO', [{ name: 'a', image: 'openvino/model_server:2022.2' }], 'ovms'],
  ['TorchServe', [{ name: 'a', image: 'pytorch/torchserve:0.7.1-cpu' }], 'torchserve'],
  ["an image with MLServer's variables", [{ name: 'a', image: 'x:1', env: [{ name: 'MLSERVER_MODELS_DIR' }] }], 'mlserver'],
  ['another image', [{ name: 'a', image: 'example.com/tritonserver:1' }], undefined],
  ['Triton beside another container', [{ name: 'a', image: 'nvcr.io/nvidia/tritonserver:1' }, { name: 'b' }], undefined],
  ['nothing', [], undefined],
])('the plain server of %s', (_case, containers, serverType) => {
  expect(plainServerOf(runtime(...containers))?.serverType).toBe(serverType);
});
