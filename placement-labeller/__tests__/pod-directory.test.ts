import { Placement } from '../src/core/placement';
import { instanceIdOf, PodDirectory } from '../src/core/pod-directory';
import { RegistryState } from '../src/core/registry-state';

const NO_LABELS = new Map<string, string>();
const pod = (name: string, uid: string, resourceVersion: string, labels = NO_LABELS) => ({ name, uid, resourceVersion, labels });

test('an instance is known by the last twelve characters of the name of its pod', () => {
  expect(instanceIdOf('modelmesh-serving-mlserver-1.x-5d8b6d54-x2k4p')).toBe('8b6d54-x2k4p');
  expect(instanceIdOf('short')).toBe('short');
  expect(instanceIdOf(`${'x'.repeat(80)}-8b6d54-x2k4p`)).toBe('8b6d54-x2k4p');
});

test('what a watch delivers late does not undo the answer to a patch', () => {
  const pods = new PodDirectory();
  const labelled = new Map([['p/m', 'loaded']]);
  expect(pods.set(pod('a', 'u1', '100', labelled))).toBe(true);
  expect(pods.set(pod('a', 'u1', '99'))).toBe(false);
  expect(pods.get('a')!.labels).toEqual(labelled);
  expect(pods.set(pod('a', 'u1', '1000'))).toBe(true);
  // Another pod of the name, whatever its version.
  expect(pods.set(pod('a', 'u2', '50'))).toBe(true);
  // A server may have versions that are no numbers.
  expect(pods.set(pod('a', 'u2', 'opaque'))).toBe(true);
  expect(pods.set(pod('a', 'u2', '60'))).toBe(true);
});

test('the end of a pod does not remove the one that took its name', () => {
  const pods = new PodDirectory();
  pods.set(pod('a', 'u1', '1'));
  pods.set(pod('a', 'u2', '2'));
  expect(pods.remove('a', 'u1')).toBe(false);
  expect(pods.get('a')!.uid).toBe('u2');
  expect(pods.remove('a', 'u2')).toBe(true);
  expect(pods.size).toBe(0);
  expect(pods.namesOfInstance('a')).toEqual([]);
});

test('a list replaces what was known, and tells what changed', () => {
  const pods = new PodDirectory();
  pods.replace([pod('a', 'u1', '1'), pod('b', 'u2', '2'), pod('c', 'u3', '9')]);
  expect(pods.replace([pod('b', 'u2', '3'), pod('c', 'u3', '8'), pod('d', 'u4', '4')])).toEqual(['a', 'b', 'd']);
  expect(pods.names).toEqual(['b', 'c', 'd']);
});

test('pods whose names end alike get no labels, since nobody can tell which of them is meant', () => {
  const [registry, pods] = [new RegistryState(), new PodDirectory()];
  const placement = new Placement(registry, pods, 'p');
  registry.replace([
    { kind: 'instance', id: '8b6d54-x2k4p', startTime: 0, isShuttingDown: false },
    { kind: 'alias', id: 'm', modelId: 'm__1' },
    { kind: 'model', id: 'm__1', loadedSince: new Map([['8b6d54-x2k4p', 1]]) },
  ]);
  pods.set(pod('one-8b6d54-x2k4p', 'u1', '1'));
  expect(placement.patchFor('one-8b6d54-x2k4p')).toEqual({ 'p/m': 'loaded' });
  pods.set(pod('two-8b6d54-x2k4p', 'u2', '2', new Map([['p/m', 'loaded']])));
  expect(placement.patchFor('one-8b6d54-x2k4p')).toBeUndefined();
  expect(placement.patchFor('two-8b6d54-x2k4p')).toEqual({ 'p/m': null });
  pods.remove('two-8b6d54-x2k4p', 'u2');
  expect(placement.patchFor('one-8b6d54-x2k4p')).toEqual({ 'p/m': 'loaded' });
  placement.isStale = true;
  expect(placement.patchFor('one-8b6d54-x2k4p')).toBeUndefined();
  expect(placement.patchFor('nobody')).toBeUndefined();
});
