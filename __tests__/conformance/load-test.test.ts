import { Cron } from 'cdk8s';
import { LoadTest } from '../../lib/load-test/load-test';
import { SmokeTest } from '../../lib/smoke-test/smoke-test';
import { GatewayTls } from '../../lib/gateway/gateway-tls';
import { gatewayWith, MNIST_PAYLOAD } from '../load-test/helpers';
import { type KubernetesObject, validateAgainstPublishedModels } from '../support/strict-schemas';
import { manifestsOf } from '../support/synth';

test('load tests and smoke tests with all that they can have pass the published models', () => {
  const { chart, gateway } = gatewayWith({ tls: GatewayTls.mutual({ credentialName: 'gateway' }) });
  const access = { address: 'models.example.com:443', authorityConfigMapName: 'ca', clientSecretName: 'client' };
  const models = [{ modelName: 'tf-mnist', payload: MNIST_PAYLOAD }];
  new LoadTest(chart, 'once', { gateway, models, access });
  new LoadTest(chart, 'hook', { gateway, models, access, jobName: 'hook', argoCdHook: true });
  const schedule = Cron.schedule({ hour: '3', minute: '0' });
  new LoadTest(chart, 'nightly', {
    gateway,
    models,
    access,
    jobName: 'nightly',
    schedule,
    timeZone: 'Etc/UTC',
    resultClaimName: 'results',
  });
  new SmokeTest(chart, 'smoke', { gateway, access, payloads: { 'tf-mnist': MNIST_PAYLOAD } });
  const objects = manifestsOf(chart).filter(({ kind }: KubernetesObject) => ['Job', 'CronJob', 'ConfigMap'].includes(kind));
  expect(objects.map(({ kind, metadata }: KubernetesObject) => `${kind} ${metadata?.name}`).sort()).toEqual([
    'ConfigMap hook-payloads',
    'ConfigMap load-test-payloads',
    'ConfigMap nightly-payloads',
    'ConfigMap smoke-test',
    'CronJob nightly',
    'Job hook',
    'Job load-test',
    'Job smoke-test',
  ]);
  expect(validateAgainstPublishedModels(objects)).toEqual([]);
});
