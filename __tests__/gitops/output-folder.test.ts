import { ApiObject, App, Chart } from 'cdk8s';
import { chartFolder, destinationFolders, isControlPlaneObject, isDelivery, outputFolder } from '../../lib/gitops/output-folder';
import { DELIVERY_METADATA, DESTINATION_CONTEXT, SHARD_METADATA } from '../../lib/values/placement';
import { Construct } from 'constructs';

const folders = { controlPlane: 'asm', dataPlane: 'ack' };

function make(apiVersion = 'v1', split = false) {
  const app = new App({ outdir: 'unused' });
  if (split) app.node.setContext(DESTINATION_CONTEXT, folders);
  const chart = new Chart(app, 'mnist');
  const scope = new Construct(chart, 'scope');
  return { chart, scope, object: new ApiObject(scope, 'x', { apiVersion, kind: 'X' }) };
}

test('an object is in the folder of its chart', () => {
  const { chart, object } = make();
  expect([outputFolder(object), chartFolder(chart), destinationFolders(chart)]).toEqual(['mnist', 'mnist', undefined]);
});

test('the nearest shard counts', () => {
  const { scope, object } = make();
  scope.node.addMetadata(SHARD_METADATA, '01');
  expect(outputFolder(object)).toBe('mnist-models-01');
  object.node.addMetadata(SHARD_METADATA, '02');
  expect(outputFolder(object)).toBe('mnist-models-02');
});

test('a destination is above the chart and the shard', () => {
  const { chart, scope, object } = make('v1', true);
  expect(destinationFolders(chart)).toEqual(folders);
  expect([outputFolder(object), isControlPlaneObject(object)]).toEqual(['ack/mnist', false]);
  scope.node.addMetadata(SHARD_METADATA, '01');
  expect(outputFolder(object)).toBe('ack/mnist-models-01');
  const route = make('networking.istio.io/v1', true).object;
  expect([outputFolder(route), isControlPlaneObject(route)]).toEqual(['asm/mnist', true]);
});

test('a delivery has no destination', () => {
  const { chart, object } = make('networking.istio.io/v1', true);
  expect(isDelivery(chart)).toBe(false);
  chart.node.addMetadata(DELIVERY_METADATA, true);
  expect([outputFolder(object), isDelivery(chart)]).toEqual(['mnist', true]);
});
