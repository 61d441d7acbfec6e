import { findClaim, mountedClaimsOf } from '../../../lib/modelmesh/storage/claims';
import { podsOf, storageNamespacesOf } from '../../../lib/modelmesh/storage/namespaces';
import { setOf } from '../../support/checks';

const NS = "apiVersion: v1\nkind: Namespace\nmetadata: { name: ns, labels: { modelmesh-enabled: 'true' } }\n---\n";
const secret = (entries: string, namespace = 'ns') =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: storage-config, namespace: ${namespace} }\nstringData: { ${entries} }\n---\n`;
const ANY = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config }\ndata: { config.yaml: "allowAnyPVC: true" }\n---\n';
const model = (fields: string) =>
  `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: m, namespace: ns, annotations: { serving.kserve.io/deploymentMode: ModelMesh } }\nspec: { predictor: { model: { ${fields} } } }\n---\n`;
const claim = (namespace: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: c${namespace && `, namespace: ${namespace}`} }\n---\n`;
const runtime = (kind: string, name: string, spec: string, metadata = '') =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${metadata} }\nspec: { multiModel: true, ${spec} }\n---\n`;

const mounted = (yaml: string, options = '') => mountedClaimsOf(setOf(yaml, options)).map(({ name, entryKey }) => [name, entryKey]);

test('the claims of the storage Secret are mounted, each once', () => {
  const entries = `a: '{"type":"pvc","name":"x"}', b: '{"type":"pvc","name":"x"}', c: '{"type":"pvc"}', d: '{"type":"s3","name":"y"}'`;
  expect(mounted(NS + secret(entries))).toEqual([['x', 'a']]);
});

test('a Secret of that name in a namespace without ModelMesh is not looked at', () => {
  expect(mounted(secret(`a: '{"type":"pvc","name":"x"}'`))).toEqual([]);
});

test('with allowAnyPVC the claims of models are mounted too', () => {
  const models = model('storageUri: pvc://x/p') + model('storageUri: pvc:///p') + model('storageUri: s3://x/p');
  expect(mounted(models)).toEqual([]);
  expect(mounted(ANY + models)).toEqual([['x', undefined]]);
});

test('a claim is found in its namespace, or in a manifest that names none', () => {
  const kindOf = (yaml: string, namespace = 'ns', options = '') => findClaim(setOf(yaml, options), namespace, 'c').kind;
  expect([kindOf(claim('ns')), kindOf(claim('')), kindOf(claim('ns'), '')]).toEqual(['here', 'here', 'here']);
  expect([kindOf(claim('other')), kindOf('')]).toEqual(['other-namespace', 'nowhere']);
  expect(kindOf('', 'ns', '--existing PersistentVolumeClaim/ns/c')).toBe('made-elsewhere');
});

test('runtimes of the cluster run in every namespace of ModelMesh, but where a namespace has one of that name', () => {
  const yaml =
    NS +
    runtime('ClusterServingRuntime', 'shared', 'containers: []') +
    runtime('ClusterServingRuntime', 'hidden', 'containers: []') +
    runtime('ServingRuntime', 'hidden', 'disabled: true', ', namespace: ns') +
    runtime('ServingRuntime', 'own', 'containers: []', ', namespace: other');
  const names = storageNamespacesOf(setOf(yaml)).map(({ name, runtimes }) => [name, runtimes.map((one) => one.name)]);
  expect(names).toEqual([
    ['other', ['own', 'shared', 'hidden']],
    ['ns', ['shared']],
  ]);
});

test('a runtime has the pods that it says, or as many as the controller gives it', () => {
  const podsIn = (yaml: string) => {
    const set = setOf(yaml);
    return storageNamespacesOf(set).flatMap(({ runtimes }) => runtimes.map((one) => podsOf(set, one)));
  };
  const hpa = ', annotations: { serving.kserve.io/autoscalerClass: hpa, serving.kserve.io/max-scale: "5" }';
  expect(podsIn(runtime('ServingRuntime', 'a', 'replicas: 3'))).toEqual([3]);
  expect(podsIn(runtime('ServingRuntime', 'a', 'containers: []'))).toEqual([2]);
  expect(podsIn(runtime('ServingRuntime', 'a', 'containers: []', hpa))).toEqual([5]);
});
