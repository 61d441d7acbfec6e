import { apiGroupOf, applyOrder } from '../../lib/values/apply-order';

test.each([
  ['v1', 'Namespace', '00'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', '00'],
  ['v1', 'PersistentVolumeClaim', '10'],
  ['v1', 'Secret', '10'],
  ['v1', 'Service', '10'],
  ['v1', 'ServiceAccount', '10'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', '10'],
  ['networking.k8s.io/v1', 'NetworkPolicy', '10'],
  ['v1', 'Pod', '15'],
  ['apps/v1', 'Deployment', '15'],
  ['batch/v1', 'CronJob', '15'],
  ['serving.kserve.io/v1alpha1', 'ServingRuntime', '20'],
  ['serving.kserve.io/v1alpha1', 'ClusterServingRuntime', '20'],
  ['networking.istio.io/v1beta1', 'Gateway', '30'],
  ['security.istio.io/v1', 'AuthorizationPolicy', '30'],
  ['istio.alibabacloud.com/v1beta1', 'ASMGrpcJsonTranscoder', '30'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', '30'],
  ['serving.kserve.io/v1beta1', 'InferenceService', '40'],
  ['serving.kserve.io/v1alpha1', 'Predictor', '50'],
  ['argoproj.io/v1alpha1', 'Application', '50'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', '50'],
  ['example.com/v1', 'Namespace', '50'],
])('%s %s goes to %s', (apiVersion, kind, expected) => {
  expect(applyOrder(apiVersion, kind)).toBe(expected);
});

test('the group of an API version', () => {
  expect(apiGroupOf('v1')).toBe('');
  expect(apiGroupOf('apps/v1')).toBe('apps');
});
