import { Yaml } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeAdapter } from '../../../lib/runtime/runtime-adapter';
import { ServingRuntime } from '../../../lib/runtime/serving-runtime';
import { ModelFormat } from '../../../lib/values/model-format';
import { makeChart, manifestsOf } from '../../support/synth';
import { found, MLSERVER, OWN, TRITON } from './runtimes';

test.each([
  ['with a built-in adapter', TRITON],
  ['with its own API', OWN],
  ['with MLServer', MLSERVER],
])('a runtime %s is fine', (_case, yaml) => {
  expect(found(yaml)).toEqual([]);
});

test.each(['mlserver', 'triton', 'ovms', 'torchserve'] as const)('the construct for %s makes a runtime without a finding', (server) => {
  const chart = makeChart();
  ServingRuntime[server](chart, 'runtime', { clusterScoped: true });
  expect(found(Yaml.stringify(...manifestsOf(chart)))).toEqual([]);
});

test.each(['mlserver', 'triton', 'ovms', 'torchserve'] as const)(
  'an autoscaled construct for %s makes a runtime without a finding',
  (server) => {
    const chart = makeChart();
    ServingRuntime[server](chart, 'runtime', { clusterScoped: true, autoscaling: { minReplicas: 2, maxReplicas: 4 } });
    expect(found(Yaml.stringify(...manifestsOf(chart)))).toEqual([]);
  },
);

test('the construct for an own API makes a runtime without a finding', () => {
  const chart = makeChart();
  new ServingRuntime(chart, 'runtime', {
    runtimeName: 'own',
    clusterScoped: true,
    formats: [{ format: ModelFormat.of('my-format') }],
    adapter: RuntimeAdapter.puller(),
    containers: [{ name: 'server', image: 'example.com/server:1.0' }],
  });
  expect(found(Yaml.stringify(...manifestsOf(chart)))).toEqual([]);
});

test.each(['mlserver-1.x', 'triton-2.x'])('%s of the worked example is without a finding', (name) => {
  const file = join(__dirname, '../../../dist/mnist', `20-ServingRuntime.${name}.k8s.yaml`);
  expect(found(readFileSync(file, 'utf8'))).toEqual([]);
});

test('a manifest of any shape makes no rule fail', () => {
  const odd = ['null', '[]', '{}', '7', 'text', '[null]', '[7]', '[[]]', '{ a: null }', 'true'];
  for (const value of odd) {
    for (const field of [
      'grpcEndpoint',
      'grpcDataEndpoint',
      'containers',
      'volumes',
      'builtInAdapter',
      'supportedModelFormats',
      'replicas',
    ]) {
      const others = ['grpcEndpoint: port:1', 'containers: []'].filter((line) => !line.startsWith(`${field}:`)).join('\n  ');
      const yaml = `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: a }\nspec:\n  multiModel: true\n  ${others}\n  ${field}: ${value}\n`;
      expect(() => found(yaml)).not.toThrow();
    }
    for (const field of ['name', 'image', 'env', 'ports', 'volumeMounts', 'resources', 'readinessProbe']) {
      const yaml = TRITON.replace('image: nvcr.io/nvidia/tritonserver:23.04-py3', `x: 1`).replace('x: 1', `"${field}": ${value}`);
      expect(() => found(yaml)).not.toThrow();
    }
  }
});
