import { MM603 } from '../../../lib/checks/delivery/mm603-not-served-by-asm';
import { MM604 } from '../../../lib/checks/delivery/mm604-no-such-version';
import { messagesOf } from '../../support/checks';

const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: models }\n`;

test('versions that ASM does not serve', () => {
  expect(messagesOf(MM603, object('networking.istio.io/v1', 'VirtualService'), '--platform asm')).toEqual([
    "apiVersion 'networking.istio.io/v1' of a VirtualService is not served by ASM, so it cannot be applied: write networking.istio.io/v1beta1",
  ]);
  expect(messagesOf(MM603, object('security.istio.io/v1', 'PeerAuthentication'), '--platform asm')).toHaveLength(1);
  expect(messagesOf(MM603, object('security.istio.io/v1', 'AuthorizationPolicy'), '--platform asm')).toEqual([]);
  expect(messagesOf(MM603, object('networking.istio.io/v1', 'VirtualService'), '--platform istio:1.24')).toEqual([]);
  expect(messagesOf(MM603, object('networking.istio.io/v1', 'VirtualService'))).toEqual([]);
});

test.each([
  ['serving.kserve.io/v1alpha1', 'InferenceService', 'serving.kserve.io/v1beta1'],
  ['serving.kserve.io/v1beta1', 'ServingRuntime', 'serving.kserve.io/v1alpha1'],
  ['serving.kubeflow.org/v1beta1', 'InferenceService', 'serving.kserve.io/v1beta1'],
  ['gateway.networking.k8s.io/v1alpha2', 'HTTPRoute', 'gateway.networking.k8s.io/v1'],
  ['networking.istio.io/v1', 'EnvoyFilter', 'networking.istio.io/v1alpha3'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', 'policy/v1'],
  ['extensions/v1beta1', 'Ingress', 'networking.k8s.io/v1'],
])('%s %s', (apiVersion, kind, wanted) => {
  expect(messagesOf(MM604, object(apiVersion, kind))).toEqual([
    `apiVersion '${apiVersion}' of a ${kind} is served by no current release, so it cannot be applied: write ${wanted}`,
  ]);
});

test.each([
  ['v1', 'Secret'],
  ['apps/v1', 'Deployment'],
  ['serving.kserve.io/v1beta1', 'InferenceService'],
  ['networking.istio.io/v1', 'VirtualService'],
  ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
  ['example.com/v1', 'VirtualService'],
  ['serving.kserve.io/v1alpha1', 'ClusterStorageContainer'],
])('%s %s is fine', (apiVersion, kind) => {
  expect(messagesOf(MM604, object(apiVersion, kind))).toEqual([]);
});

test('on ASM the version is one of ASM', () => {
  expect(messagesOf(MM604, object('networking.istio.io/v2', 'VirtualService'), '--platform asm')[0]).toMatch(
    /write networking\.istio\.io\/v1beta1$/,
  );
});
