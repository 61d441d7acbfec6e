import {
  controllerNamespacesOf,
  meshContentsOf,
  meshNamespacesOf,
  MeshState,
  meshStateOf,
} from '../../../lib/modelmesh/installation/namespaces';
import { setOf } from '../../support/checks';

const namespace = (name: string, labels = ''): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n---\n`;
const runtime = (name: string, where: string, spec = 'multiModel: true'): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { ${spec} }\n---\n`;
const model = (name: string, where: string, mode = 'ModelMesh'): string =>
  `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: ${name}, namespace: ${where}, annotations: { serving.kserve.io/deploymentMode: ${mode} } }\n---\n`;
const object = (kind: string, name: string, where: string): string =>
  `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${where} }\n---\n`;

test.each([
  ["modelmesh-enabled: 'true'", MeshState.ENABLED],
  ["modelmesh-enabled: 'True'", MeshState.DISABLED],
  ["modelmesh-enabled: ''", MeshState.DISABLED],
  ['modelmesh-enabled: true', MeshState.DISABLED],
  ['modelmesh-enabled:', MeshState.DISABLED],
  ["other: 'true'", MeshState.DISABLED],
])('a Namespace with the labels { %s } is %s', (labels, state) => {
  expect(meshStateOf(setOf(namespace('a', labels)), 'a')).toBe(state);
});

test('a namespace that the manifests do not hold is not known', () => {
  expect(meshStateOf(setOf(namespace('a')), 'b')).toBe(MeshState.UNKNOWN);
});

test.each([
  ['its ConfigMap', object('ConfigMap', 'model-serving-config', 'a'), ''],
  ['its Deployment', object('Deployment', 'modelmesh-controller', 'a'), ''],
  ['an existing Deployment', '', '--existing Deployment/a/modelmesh-controller'],
])('the namespace of the controller, known by %s, needs no label', (_, yaml, options) => {
  const set = setOf(`${namespace('a')}${namespace('b')}${yaml}`, options);
  expect([meshStateOf(set, 'a'), meshStateOf(set, 'b')]).toEqual([MeshState.ENABLED, MeshState.DISABLED]);
});

test('a label other than "true" switches even the namespace of the controller off', () => {
  const set = setOf(`${namespace('a', "modelmesh-enabled: 'false'")}${object('ConfigMap', 'model-serving-config', 'a')}`);
  expect(meshStateOf(set, 'a')).toBe(MeshState.DISABLED);
});

test('a namespace-scoped controller serves its own namespace only, whatever labels say', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: modelmesh-controller, namespace: a }
spec: { template: { spec: { containers: [{ name: manager, env: [{ name: NAMESPACE_SCOPE, value: 'true' }] }] } } }
---
`;
  const set = setOf(`${deployment}${namespace('b', "modelmesh-enabled: 'true'")}`);
  expect(controllerNamespacesOf(set).onlyNamespace).toBe('a');
  expect(['a', 'b', 'c', ''].map((name) => meshStateOf(set, name))).toEqual([
    MeshState.ENABLED,
    MeshState.DISABLED,
    MeshState.DISABLED,
    MeshState.UNKNOWN,
  ]);
});

test('runtimes that ModelMesh does not serve and models of others are no contents of a mesh', () => {
  const set = setOf(
    [
      runtime('r1', 'a'),
      runtime('r2', 'b', 'multiModel: false'),
      runtime('r3', 'c', 'multiModel: true, disabled: true'),
      model('m1', 'd'),
      model('m2', 'e', 'Serverless'),
      'apiVersion: serving.kserve.io/v1alpha1\nkind: Predictor\nmetadata: { name: p }\n',
    ].join(''),
  );
  expect([...meshContentsOf(set)].map(([name, { runtimes, models }]) => [name, runtimes.length, models.length])).toEqual([
    ['a', 1, 0],
    ['d', 0, 1],
    ['', 0, 1],
  ]);
});

test('namespaces of meshes are those with the label and those with contents, but not those that are switched off', () => {
  const set = setOf(
    `${namespace('labelled', "modelmesh-enabled: 'true'")}${namespace('off')}${runtime('r', 'off')}${runtime('r', 'unknown')}${namespace('empty')}`,
  );
  expect([...meshNamespacesOf(set)]).toEqual(['labelled', 'unknown']);
});
