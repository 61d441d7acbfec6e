import { MM406 } from '../../../lib/checks/mesh/mm406-service-label-deleted';
import { MM407 } from '../../../lib/checks/mesh/mm407-service-name-taken';
import { MM408 } from '../../../lib/checks/mesh/mm408-service-taken-over';
import { MM409 } from '../../../lib/checks/mesh/mm409-service-name-invalid';
import { messagesOf } from '../../support/checks';

const MESH = "apiVersion: v1\nkind: Namespace\nmetadata: { name: mesh, labels: { modelmesh-enabled: 'true' } }\n---\n";
const service = (name: string, where: string, labels = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${where}, labels: { ${labels} } }\nspec: { selector: { modelmesh-service: modelmesh-serving } }\n---\n`;
const config = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config, namespace: c }\ndata: { config.yaml: ${JSON.stringify(text)} }\n---\n`;

test.each([
  ['in a namespace with a mesh', `${MESH}${service('a', 'mesh', 'modelmesh-service: x')}`],
  ['in any other namespace', service('a', 'other', "modelmesh-service: ''")],
  ["with the mesh's name outside of a mesh", service('modelmesh-serving', 'other', 'modelmesh-service: x')],
])('a Service with the label, %s, is deleted', (_, yaml) => {
  expect(messagesOf(MM406, yaml)).toEqual([
    "label modelmesh-service is set on a Service of one's own: ModelMesh's controller deletes every Service with this label, in any namespace and whatever the value; remove the label, and keep the key in spec.selector only",
  ]);
});

test('a Service with the key in its selector alone stays', () => {
  expect(messagesOf(MM406, `${MESH}${service('a', 'mesh')}`)).toEqual([]);
});

test("the name of the mesh's Service is taken in namespaces with a mesh only", () => {
  expect(messagesOf(MM407, `${MESH}${service('modelmesh-serving', 'mesh')}${service('modelmesh-serving', 'other')}`)).toEqual([
    `name is 'modelmesh-serving', which ModelMesh's controller gives to the Service that it makes in this namespace: it fails with "already exists", and no model of the mesh can be loaded; choose another name`,
  ]);
});

test('the configured name counts, not the default', () => {
  const yaml = `${MESH}${config('inferenceServiceName: my-mesh')}${service('my-mesh', 'mesh')}${service('modelmesh-serving', 'mesh')}`;
  expect(messagesOf(MM407, yaml)).toEqual([expect.stringMatching(/^name is 'my-mesh'/)]);
});

test('a Service with both the name and the label is taken over', () => {
  const yaml = `${MESH}${service('modelmesh-serving', 'mesh', 'modelmesh-service: x')}`;
  expect([messagesOf(MM406, yaml), messagesOf(MM407, yaml)]).toEqual([[], []]);
  expect(messagesOf(MM408, yaml)).toEqual([
    "Service 'modelmesh-serving' is made by ModelMesh's controller, which writes its own ports, selector and labels over these; remove it, or give it another name and no label modelmesh-service",
  ]);
});

test.each([
  [
    'a.b',
    "inferenceServiceName 'a.b' is not valid: the controller deletes the Service of the mesh and cannot make the new one; use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
  ],
  [
    'a'.repeat(64),
    `inferenceServiceName '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed: the controller deletes the Service of the mesh and cannot make the new one; shorten it`,
  ],
])('inferenceServiceName %j is no name of a Service', (name, message) => {
  expect(messagesOf(MM409, config(`inferenceServiceName: ${name}`))).toEqual([message]);
});

test('a good name, and no name at all, are fine', () => {
  expect(messagesOf(MM409, config('inferenceServiceName: my-mesh'))).toEqual([]);
  expect(messagesOf(MM409, config('podsPerRuntime: 2'))).toEqual([]);
});
