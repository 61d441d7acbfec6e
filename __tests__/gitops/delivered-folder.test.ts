import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import { annotationOf, deliveredFolders, namespaceOf, namespacesOf } from '../../lib/gitops/delivered-folder';
import { DestinationSplit } from '../../lib/gitops/destination-split';
import { addMesh, makeApp, makeExample, modelNames } from './helpers';

function objectWith(metadata: object, kind = 'ConfigMap') {
  return new ApiObject(new Chart(new App({ outdir: 'unused' }), 'chart'), 'x', { apiVersion: 'v1', kind, metadata });
}

const folderWith = (...objects: ApiObject[]) => ({ path: 'x', name: 'x', isControlPlane: false, objects });

test('a chart has one folder, or one for each shard and destination', () => {
  const of = (chart: Chart) =>
    deliveredFolders(chart).map(({ path, name, isControlPlane, objects }) => [path, name, isControlPlane, objects.length]);
  expect(of(makeExample().chart)).toEqual([['mnist', 'mnist', false, 14]]);
  expect(of(makeExample({ split: DestinationSplit.controlPlaneAndDataPlane() }).chart)).toEqual([
    ['control-plane/mnist', 'control-plane-mnist', true, 6],
    ['data-plane/mnist', 'data-plane-mnist', false, 8],
  ]);
  expect(of(addMesh(makeApp(), 'mesh', modelNames(2), { modelShards: 2 })).map(([path]) => path)).toEqual([
    'mesh',
    'mesh-models-00',
    'mesh-models-01',
  ]);
  expect(of(new Chart(makeApp(), 'empty'))).toEqual([]);
});

test('a chart of routes alone belongs to the control plane only where that is apart', () => {
  for (const split of [undefined, DestinationSplit.controlPlaneAndDataPlane()]) {
    const chart = new Chart(makeApp({ split }), 'routes');
    new ApiObject(chart, 'x', { apiVersion: 'networking.istio.io/v1', kind: 'Gateway' });
    expect(deliveredFolders(chart).map(({ isControlPlane }) => isControlPlane)).toEqual([split !== undefined]);
  }
});

test('the namespace and the annotations of an object, given now or later', () => {
  const later = (value: string) => Lazy.any({ produce: () => value });
  expect(namespaceOf(objectWith({ namespace: 'a' }))).toBe('a');
  expect(namespaceOf(objectWith({ namespace: later('b') }))).toBe('b');
  expect(namespaceOf(objectWith({}))).toBeUndefined();
  expect(annotationOf(objectWith({ annotations: { x: 'y' } }), 'x')).toBe('y');
  expect(annotationOf(objectWith({ annotations: { x: later('z') } }), 'x')).toBe('z');
  expect(annotationOf(objectWith({}), 'x')).toBeUndefined();
});

test('the namespaces of a folder: those it makes first, each once, and default for none', () => {
  const made = objectWith({ name: 'm' }, 'Namespace');
  const [a, b] = [objectWith({ namespace: 'a' }), objectWith({ namespace: 'b' })];
  expect(namespacesOf(folderWith(b, a, made, b))).toEqual(['m', 'a', 'b']);
  expect(namespacesOf(folderWith(objectWith({ namespace: 'm' }), made))).toEqual(['m']);
  expect(namespacesOf(folderWith(objectWith({})))).toEqual(['default']);
});
