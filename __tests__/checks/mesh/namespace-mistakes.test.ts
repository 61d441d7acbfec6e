import { MM401 } from '../../../lib/checks/mesh/mm401-namespace-label-missing';
import { MM402 } from '../../../lib/checks/mesh/mm402-namespace-label-value';
import { MM403 } from '../../../lib/checks/mesh/mm403-default-namespace-unlabelled';
import { MM404 } from '../../../lib/checks/mesh/mm404-namespace-scope';
import { codesIn, messagesOf } from '../../support/checks';

const namespace = (name: string, labels = ''): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n---\n`;
const runtime = (name: string, where: string, spec = 'multiModel: true'): string =>
  `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { ${spec} }\n---\n`;
const model = (name: string, where: string, mode = 'ModelMesh'): string =>
  `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: ${name}, namespace: ${where}, annotations: { serving.kserve.io/deploymentMode: ${mode} } }\n---\n`;
const CONTROLLER = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: modelmesh-controller, namespace: a }\n---\n';

test('a namespace without the label is reported once, with what is in it', () => {
  expect(messagesOf(MM401, `${namespace('a')}${runtime('r', 'a')}${runtime('s', 'a')}${model('m', 'a')}`)).toEqual([
    'label modelmesh-enabled is missing: ModelMesh ignores the 2 runtimes and 1 model in it, unless modelmesh-controller itself runs there; set the label to the text "true"',
  ]);
});

test.each([
  ['that the manifests do not hold', runtime('r', 'a')],
  ['with nothing of ModelMesh in it', namespace('a')],
  ['with models of other modes', `${namespace('a')}${model('m', 'a', 'RawDeployment')}`],
  ['with a single-model runtime', `${namespace('a')}${runtime('r', 'a', 'multiModel: false')}`],
  ['of the controller', `${namespace('a')}${runtime('r', 'a')}${CONTROLLER}`],
])('a namespace %s needs no label', (_, yaml) => {
  expect(messagesOf(MM401, yaml)).toEqual([]);
});

test.each(["modelmesh-enabled: ''", 'modelmesh-enabled:'])('a namespace with the label %s is reported', (label) => {
  expect(messagesOf(MM402, namespace('a', label))).toEqual([
    `label modelmesh-enabled is '': any other text than "true" switches ModelMesh off in the namespace, and runtimes and models in it are ignored; write "true", in quotes`,
  ]);
});

test('a label that is no text is an error of its own', () => {
  expect(messagesOf(MM402, namespace('a', 'modelmesh-enabled: true'))).toEqual([]);
  expect(codesIn(namespace('a', 'modelmesh-enabled: true'))).toEqual(['MM191']);
});

test('a namespace may be switched off while nothing is in it', () => {
  expect(messagesOf(MM402, namespace('a', "modelmesh-enabled: 'false'"))).toEqual([]);
  expect(messagesOf(MM402, `${namespace('a', "modelmesh-enabled: 'false'")}${model('m', 'a')}`)).toHaveLength(1);
});

test('the default namespace without the label is a warning alone, and none when the controller is known to be there', () => {
  const yaml = `${namespace('modelmesh-serving')}${runtime('r', 'modelmesh-serving')}`;
  expect(messagesOf(MM401, yaml)).toEqual([]);
  expect(messagesOf(MM403, yaml)).toHaveLength(1);
  expect(messagesOf(MM403, yaml, '--existing Deployment/modelmesh-serving/modelmesh-controller')).toEqual([]);
});

test('labels mean nothing beside a namespace-scoped controller', () => {
  const scoped =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: modelmesh-controller, namespace: a }\nspec: { template: { spec: { containers: [{ env: [{ name: NAMESPACE_SCOPE, value: 'true' }] }] } } }\n---\n";
  const yaml = `${scoped}${namespace('a')}${runtime('r', 'a')}${namespace('b', "modelmesh-enabled: 'true'")}${model('m', 'b')}`;
  expect(messagesOf(MM401, yaml)).toEqual([]);
  expect(messagesOf(MM402, yaml)).toEqual([]);
  expect(messagesOf(MM404, yaml)).toEqual([
    `namespace is 'b': the controller runs with NAMESPACE_SCOPE "true" and serves 'a' only, whatever labels say; move it there, or remove NAMESPACE_SCOPE from the controller`,
  ]);
});
