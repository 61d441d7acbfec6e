import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { prepareAll } from '../../lib/gitops/prepared-construct';
import { manifestsOf, problemsOf } from '../support/synth';
import { makeApp, REPOSITORY } from './helpers';

test('every construct that asks for it is prepared, and no other is touched', () => {
  const app = new App({ outdir: 'unused' });
  const chart = new Chart(app, 'chart');
  const prepare = jest.fn();
  Object.assign(new Construct(chart, 'asks'), { _prepare: prepare });
  Object.assign(new Construct(chart, 'has-data-of-that-name'), { _prepare: 'text' });
  prepareAll(app);
  expect(prepare).toHaveBeenCalledTimes(1);
});

test('a delivery with a problem makes nothing, so that the problem is all that is said', () => {
  const app = makeApp();
  const delivery = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
  prepareAll(app);
  expect(delivery.node.children).toEqual([]);
  expect(problemsOf(delivery)).toEqual(['[argocd] no chart is delivered: call deliver(chart) for each mesh']);
  // What was missing came after all.
  const chart = new Chart(app, 'late');
  delivery.deliver(chart);
  prepareAll(app);
  expect(manifestsOf(delivery).map(({ kind }) => kind as string)).toEqual(['AppProject']);
});
