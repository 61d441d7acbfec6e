import { controllerConfigOf, meshConfigOf, parseConfig } from '../../../lib/modelmesh/controller-config/controller-config';
import { meshVariablesOf } from '../../../lib/modelmesh/controller-config/mesh-variables';
import { expectedKind, numberOf, writtenSettings } from '../../../lib/modelmesh/controller-config/settings';
import { setOf } from '../../support/checks';

function configSet(config: string): ReturnType<typeof setOf> {
  const indented = config.replace(/^/gm, '    ');
  return setOf(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata:\n  config.yaml: |\n${indented}\n`,
  );
}

const parsed = (config: string): ReturnType<typeof parseConfig> => parseConfig(configSet(config).all[0]!);

test('without a ConfigMap the shipped settings hold', () => {
  expect(controllerConfigOf(setOf(''))).toEqual({
    manifest: undefined,
    inferenceServiceName: 'modelmesh-serving',
    isRestProxyEnabled: true,
    storageSecretName: 'storage-config',
    allowsAnyPvc: false,
    builtInServerTypes: ['triton', 'mlserver', 'ovms', 'torchserve'],
    podsPerRuntime: 2,
    isScaleToZeroEnabled: true,
    tlsSecretName: '',
  });
  expect(meshConfigOf(setOf(''))).toEqual({
    tlsClientAuth: '',
    skipsVerify: false,
    serviceAccountName: '',
    etcdSecretName: 'model-serving-etcd',
    runtimePodLabels: {},
  });
});

test('settings are read whatever their case, and texts that mean a number or a flag as what they mean', () => {
  const set = configSet(
    [
      'INFERENCEservicename: my-mesh',
      'podsPerRuntime: "3"',
      'restproxy: { Enabled: "false", skipVERIFY: 1 }',
      'allowAnyPVC: "T"',
      'scaleToZero: { enabled: no }',
      'builtInServerTypes: triton,ovms',
      'tls: { secretName: mm-tls, clientAuth: " require " }',
      'runtimePodLabels: { Team: a }',
    ].join('\n'),
  );
  expect(controllerConfigOf(set)).toMatchObject({
    inferenceServiceName: 'my-mesh',
    podsPerRuntime: 3,
    isRestProxyEnabled: false,
    allowsAnyPvc: true,
    isScaleToZeroEnabled: false,
    builtInServerTypes: ['triton', 'ovms'],
    tlsSecretName: 'mm-tls',
  });
  expect(meshConfigOf(set)).toMatchObject({ tlsClientAuth: 'require', skipsVerify: true, runtimePodLabels: { team: 'a' } });
});

test('an empty list of server types is an empty list, and a setting without a value has its default', () => {
  expect(controllerConfigOf(configSet('builtInServerTypes: []\npodsPerRuntime:\nrestProxy:'))).toMatchObject({
    builtInServerTypes: [],
    podsPerRuntime: 2,
    isRestProxyEnabled: true,
  });
});

test('a configuration that cannot be read leaves the defaults', () => {
  expect(controllerConfigOf(configSet('podsPerRuntime: [1')).podsPerRuntime).toBe(2);
  expect(controllerConfigOf(configSet('- podsPerRuntime: 5')).podsPerRuntime).toBe(2);
});

test.each([
  ['podsPerRuntime: 1', { settings: { podsPerRuntime: 1 } }],
  ['podsPerRuntime: 1\npodsPerRuntime: 3', { settings: { podsPerRuntime: 3 } }],
  ['podsPerRuntime: 1\n---\nnonsense: [', { settings: { podsPerRuntime: 1 } }],
  ['# only a comment', { settings: {} }],
  ['imagePullSecrets:\n- name: [\n  a\n ]', { settings: {} }],
  ['a text', { problem: 'is not a map of settings' }],
])('%j is read as the controller reads it', (config, result) => {
  expect(parsed(config)).toEqual(result);
});

test('broken YAML is a problem on one line', () => {
  expect(parsed('a: [1').problem).toMatch(/^is not valid YAML \([^\n]+\)$/);
});

test.each<[Parameters<typeof expectedKind>[0], unknown, string | undefined]>([
  ['text', 'a', undefined],
  ['text', 8, undefined],
  ['text', ['a'], 'a text'],
  ['quantity', 0.5, undefined],
  ['flag', true, undefined],
  ['flag', 'True', undefined],
  ['flag', '', undefined],
  ['flag', 'on', 'true or false'],
  ['flag', {}, 'true or false'],
  ['uint16', '0', undefined],
  ['uint16', 'many', 'a whole number'],
  ['uint16', [1], 'a whole number'],
  ['texts', 'a,b', undefined],
  ['texts', ['a', 1], undefined],
  ['texts', {}, undefined],
  ['texts', [['a']], 'a list of texts'],
  ['texts', { a: 1 }, 'a list of texts'],
  ['textMap', { a: 'b', c: null }, undefined],
  ['textMap', [], undefined],
  ['textMap', { a: { b: 'c' } }, 'a map of texts'],
  ['textMap', 'a=b', 'a map of texts'],
  [{ port: 'uint16' }, 'a', 'a map'],
  [{ port: 'uint16' }, null, undefined],
  [{ each: { name: 'text' } }, [{ name: 'a' }], undefined],
  [{ each: { name: 'text' } }, ['a'], 'a list of maps'],
])('a setting of kind %j may be %j: %j', (kind, value, expected) => {
  expect(expectedKind(kind, value)).toBe(expected);
});

test('numbers are cut to whole ones, flags count as 1 and 0', () => {
  expect([2.9, true, '-3', '', 'x', null, [1]].map(numberOf)).toEqual([2, 1, -3, 0, undefined, undefined, undefined]);
});

test('every setting is found with its documented name', () => {
  const fields = [
    ...writtenSettings({ RESTPROXY: { PORT: 1, x: 2 }, ImagePullSecrets: [{ name: 'a', y: 1 }, 'odd'], runtimePodLabels: { Any: 'b' } }),
  ];
  expect(fields.map(({ field, kind }) => [field, kind !== undefined])).toEqual([
    ['restProxy', true],
    ['restProxy.port', true],
    ['restProxy.x', false],
    ['imagePullSecrets', true],
    ['imagePullSecrets[0].name', true],
    ['imagePullSecrets[0].y', false],
    ['runtimePodLabels', true],
  ]);
});

test('variables of the mesh are read whatever the case of their fields, and odd entries have no name', () => {
  const set = configSet('internalModelMeshEnvVars: [{ Name: A, VALUE: b }, nonsense, null, { name: 1 }]');
  expect(meshVariablesOf(set).map(({ index, name, value }) => [index, name, value])).toEqual([
    [0, 'A', 'b'],
    [1, '', undefined],
    [2, '', undefined],
    [3, '', undefined],
  ]);
});
