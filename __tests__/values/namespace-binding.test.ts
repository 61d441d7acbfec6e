import { ApiObject } from 'cdk8s';
import { NamespaceBinding } from '../../lib/values/namespace-binding';
import { makeChart, manifestsOf } from '../support/synth';

const REMEDY = 'add it with mesh.addVolume(volume)';

test('an unbound object is a problem and has no namespace', () => {
  const binding = new NamespaceBinding("volume 'models'");
  expect(binding.namespace).toBeUndefined();
  expect(binding.problem(REMEDY)).toBe("volume 'models' belongs to no mesh: add it with mesh.addVolume(volume)");
});

test('a bound object is no problem; twice to one namespace does nothing', () => {
  const binding = new NamespaceBinding("volume 'models'");
  binding.bind('a');
  binding.bind('a');
  expect(binding.namespace).toBe('a');
  expect(binding.problem(REMEDY)).toBeUndefined();
});

test('another namespace is refused, and the first one stays', () => {
  const binding = new NamespaceBinding("volume 'models'");
  binding.bind('a');
  expect(() => binding.bind('b')).toThrow(
    new Error("volume 'models' belongs to the mesh in namespace 'a' already and cannot join the one in 'b': declare one of its own there"),
  );
  expect(binding.namespace).toBe('a');
});

test('its token becomes the namespace that is bound after the object was declared', () => {
  const chart = makeChart();
  const binding = new NamespaceBinding("volume 'models'");
  new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: binding.token() } });
  binding.bind('late');
  expect(manifestsOf(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'late' } }]);
});
