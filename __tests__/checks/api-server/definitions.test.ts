import { MM151 } from '../../../lib/checks/runtime/mm151-unknown-field';
import { MM152 } from '../../../lib/checks/runtime/mm152-wrong-type';
import { MM153 } from '../../../lib/checks/runtime/mm153-required-field-missing';
import { MM156 } from '../../../lib/checks/runtime/mm156-object-name';
import { MM159 } from '../../../lib/checks/runtime/mm159-object-labels';
import { MM160 } from '../../../lib/checks/runtime/mm160-no-such-kind';
import { MM181 } from '../../../lib/checks/runtime/mm181-field-without-value';
import { MM191 } from '../../../lib/checks/runtime/mm191-value-not-a-string';
import { messagesOf } from '../../support/checks';

const RUNTIME = 'apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\n';
const object = (metadata: string, kind = 'ConfigMap') => `apiVersion: v1\nkind: ${kind}\nmetadata: ${metadata}\n`;

test('a field of metadata that there is not is unknown, too', () => {
  const yaml = `${RUNTIME}metadata: { name: a, label: {} }\nspec: { containers: [] }`;
  expect(messagesOf(MM151, yaml)).toEqual([
    "metadata.label is a field that the definition does not know, so the API server refuses the manifest: write 'labels'",
  ]);
});

test('metadata may be dumped from a cluster, with its empty timestamp and a status', () => {
  const yaml = `${RUNTIME}metadata: { name: a, creationTimestamp: null, uid: x, generation: 1, labels: null }\nspec: { containers: [] }\nstatus: { x: 1 }`;
  expect([MM151, MM152, MM153].flatMap((rule) => messagesOf(rule, yaml))).toEqual([]);
});

test('a kind of another group is left alone', () => {
  const yaml = 'apiVersion: example.com/v1\nkind: ServingRuntime\nmetadata: { name: a }\nspec: { foo: 1 }';
  expect([MM151, MM153, MM160].flatMap((rule) => messagesOf(rule, yaml))).toEqual([]);
});

test('of a version that there is not, nothing else is said', () => {
  const yaml = 'apiVersion: serving.kserve.io/v1\nkind: ServingRuntime\nmetadata: { name: a }\nspec: { foo: 1 }';
  expect(messagesOf(MM151, yaml)).toEqual([]);
  expect(messagesOf(MM160, yaml)).toEqual([
    "apiVersion is 'serving.kserve.io/v1', the API server has no ServingRuntime of that version: write 'serving.kserve.io/v1alpha1'",
  ]);
});

test('the runtime needs containers, not a spec', () => {
  expect(messagesOf(MM153, `${RUNTIME}metadata: { name: a }\nspec: {}`)).toEqual([
    'spec.containers is missing, which the API server refuses: set it',
  ]);
  expect(messagesOf(MM153, `${RUNTIME}metadata: { name: a }`)).toEqual([]);
});

test.each([
  ['{ name: a.b-1 }', []],
  ['{ generateName: a- }', []],
  [
    '{ name: a, namespace: a.b }',
    ["metadata.namespace 'a.b' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit"],
  ],
  ['{}', ['metadata.name is missing, the API server refuses objects without one: set it']],
  ['{ name: 5 }', []],
  [`{ name: ${'a'.repeat(254)} }`, [expect.stringContaining('has 254 characters, at most 253 are allowed: shorten it')]],
])('name and namespace: %s', (metadata, messages) => {
  expect(messagesOf(MM156, object(metadata))).toEqual(messages);
});

test('names of other rules are not looked at', () => {
  const yaml = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: "system:Reader" }';
  expect(messagesOf(MM156, yaml)).toEqual([]);
});

test('keys of annotations may have upper case in their prefix, keys of labels not', () => {
  expect(messagesOf(MM159, object('{ name: a, annotations: { Example.com/Key: "any thing" } }'))).toEqual([]);
  expect(messagesOf(MM159, object('{ name: a, labels: { Example.com/Key: x } }'))).toEqual([
    "prefix 'Example.com' of label key 'Example.com/Key' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
  ]);
});

test('all annotations together may have 256 KiB', () => {
  const annotations = (bytes: number) => object(`{ name: a, annotations: { k: ${'x'.repeat(bytes - 1)} } }`);
  expect(messagesOf(MM159, annotations(262144))).toEqual([]);
  expect(messagesOf(MM159, annotations(262145))).toEqual([
    'annotations have 262145 bytes in all, at most 262144 are allowed: shorten or remove some',
  ]);
});

test('a value of a Secret is not in the message', () => {
  expect(messagesOf(MM191, `${object('{ name: a }', 'Secret')}stringData: { pin: 4711, none: , text: '5', day: 2024-01-01 }`)).toEqual([
    'stringData.pin is a number, the API server takes strings only: write it in quotes',
  ]);
});

test.each([
  ['y', 'true or false (YAML reads y, n, on, off, yes and no as such, too)'],
  ['{ a: b }', 'a map'],
  ['[]', 'a list'],
  ['1.5', 'a number'],
])('a label %s is no string', (value, type) => {
  expect(messagesOf(MM191, `${RUNTIME}metadata: { name: a, labels: { k: ${value} } }`)).toEqual([
    `metadata.labels.k is ${type}, the API server takes strings only: write it in quotes`,
  ]);
});

test('odd documents are borne', () => {
  for (const yaml of [
    '{}',
    'a: 1',
    `${RUNTIME}metadata: 5\nspec: []`,
    `${RUNTIME}metadata: []`,
    `${RUNTIME}spec: { containers: [null, 5, []] }`,
  ]) {
    for (const rule of [MM151, MM152, MM153, MM156, MM159, MM160, MM191]) expect(() => messagesOf(rule, yaml)).not.toThrow();
  }
});

test('names that YAML reads as something else, and metadata of another shape, are found', () => {
  expect(
    messagesOf(MM191, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: on, namespace: 7, labels: x, annotations: [{ a: b }] }\n'),
  ).toEqual([
    'metadata.labels is a text, the API server takes a map of strings: write KEY: VALUE',
    'metadata.annotations is a list, the API server takes a map of strings: write KEY: VALUE',
    'metadata.name is true or false (YAML reads y, n, on, off, yes and no as such, too), the API server takes strings only: write it in quotes',
    'metadata.namespace is a number, the API server takes strings only: write it in quotes',
  ]);
});

test('kinds that are almost known are found, others are left alone', () => {
  const kind = (name: string): string[] =>
    messagesOf(MM160, `apiVersion: serving.kserve.io/v1alpha1\nkind: ${name}\nmetadata: { name: a }\n`);
  expect(kind('servingruntime')).toEqual(["kind is 'servingruntime', which the API server does not have: write 'ServingRuntime'"]);
  expect(kind('Predictors')).toEqual(["kind is 'Predictors', which the API server does not have: write 'Predictor'"]);
  expect([...kind('InferenceGraph'), ...kind('SomethingNew'), ...kind('Predictor')]).toEqual([]);
});

test('fields without a value are found in maps, not in lists, and not in metadata', () => {
  const spec = 'spec: { multiModel: , containers: [{ name: a, env: , command: [a, ] }], nodeSelector: { disk: } }';
  const metadata = 'metadata: { name: a, labels: { x: } }';
  expect(messagesOf(MM181, `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\n${metadata}\n${spec}\n`)).toEqual(
    ['spec.multiModel', 'spec.containers[0].env', 'spec.nodeSelector.disk'].map(
      (field) =>
        `${field} has no value, which a server-side apply refuses, as of Argo CD with ServerSideApply=true, and any other drops: write the value, {} or [], or remove the field`,
    ),
  );
});
