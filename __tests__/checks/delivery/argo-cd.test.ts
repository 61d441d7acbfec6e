import { closest, isInteger } from '../../../lib/checks/delivery/argo-cd-waves';
import { MM601 } from '../../../lib/checks/delivery/mm601-many-objects';
import { MM602 } from '../../../lib/checks/delivery/mm602-many-bytes';
import { MM606 } from '../../../lib/checks/delivery/mm606-sync-wave';
import { MM607 } from '../../../lib/checks/delivery/mm607-hook';
import { MM608 } from '../../../lib/checks/delivery/mm608-hook-delete-policy';
import { MM609 } from '../../../lib/checks/delivery/mm609-sync-option';
import { MM610 } from '../../../lib/checks/delivery/mm610-models-before-routes';
import { MM611 } from '../../../lib/checks/delivery/mm611-models-before-needs';
import { runChecks } from '../../../lib/checks/run-checks';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';
import { messagesOf } from '../../support/checks';

const object = (annotations: string, kind = 'ConfigMap', apiVersion = 'v1', name = 'a'): string =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: models, annotations: ${annotations} }\n`;
const wave = (text: string, kind?: string, apiVersion?: string, name?: string): string =>
  object(`{ argocd.argoproj.io/sync-wave: '${text}' }`, kind, apiVersion, name);
const model = (text: string): string => wave(text, 'InferenceService', 'serving.kserve.io/v1beta1');

describe('what one Application carries', () => {
  const set = (count: number, origin: { folder?: string; bytes?: number }): ManifestSet =>
    new ManifestSet(
      Array.from({ length: count }, (_, i) => new Manifest({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c-${i}` } }, origin)),
    );
  const messages = (manifests: ManifestSet): string[] => runChecks(manifests, [MM601, MM602]).map(({ message }) => message);

  test('objects', () => {
    expect(messages(set(1000, { folder: 'dist/models' }))).toEqual([]);
    expect(messages(set(1001, {}))).toEqual([]);
    expect(messages(set(1001, { folder: 'dist/models' }))).toEqual([
      "folder 'dist/models' holds 1001 objects, and an Argo CD Application of more than 1000 comes close to what etcd stores in one object: divide them among several folders, e.g. with the property modelShards of ModelMesh",
    ]);
  });

  test('bytes', () => {
    expect(messages(set(10, { folder: 'dist', bytes: 1_000_000 }))).toEqual([]);
    expect(messages(set(11, { folder: 'dist', bytes: 1_000_000 }))).toEqual([
      "folder 'dist' holds 11.0 MB, and Argo CD refuses more than 10 MB in one Application: divide them among several folders",
    ]);
  });
});

test.each(['0', '10', '-10', '+5', '007'])('wave %s is a number', (text) => {
  expect(messagesOf(MM606, wave(text))).toEqual([]);
});

test.each(['', 'last', '1.5', ' 5', '0x10', '99999999999999999999'])('wave "%s" is none', (text) => {
  expect(isInteger(text)).toBe(false);
  expect(messagesOf(MM606, wave(text))).toHaveLength(1);
});

test('the message about a wave', () => {
  expect(messagesOf(MM606, wave('last'))).toEqual([
    'sync wave \'last\' is no whole number, and Argo CD takes it for 0 without a word: write one in quotes, e.g. "-10"',
  ]);
});

test.each([
  ['PreSync', 0],
  ['PreSync, PostSync', 0],
  ['PreSync,Nope', 0],
  ['Skip', 0],
  ['presync', 1],
  ['', 1],
  ['post-install', 1],
])('hook %s', (hook, count) => {
  expect(messagesOf(MM607, object(`{ argocd.argoproj.io/hook: '${hook}' }`))).toHaveLength(count);
});

test('a hook of Helm beside it counts', () => {
  expect(messagesOf(MM607, object('{ argocd.argoproj.io/hook: nope, helm.sh/hook: post-install }'))).toEqual([]);
});

test('messages name what was probably meant', () => {
  expect(messagesOf(MM607, object('{ argocd.argoproj.io/hook: presync }'))).toEqual([
    "hook 'presync' is none that Argo CD knows, so the object is never applied: use PreSync",
  ]);
  expect(messagesOf(MM608, object('{ argocd.argoproj.io/hook-delete-policy: "BeforeHookCreation, HookDone" }'))).toEqual([
    "hook-delete-policy 'HookDone' is none that Argo CD knows, and it goes by BeforeHookCreation instead: use one of HookSucceeded, HookFailed, BeforeHookCreation",
  ]);
  expect(messagesOf(MM609, object('{ argocd.argoproj.io/sync-options: "Prune=false, Delete=False" }'))).toEqual([
    "sync option 'Delete=False' is none that Argo CD knows for an object, and is ignored: use Delete=false",
  ]);
  expect(messagesOf(MM609, object('{ argocd.argoproj.io/sync-options: CreateNamespace=true }'))).toHaveLength(1);
  expect(closest('HookSuceeded', ['HookFailed', 'HookSucceeded'])).toBe('HookSucceeded');
  expect(closest('something else', ['HookFailed'])).toBeUndefined();
  expect(closest('Prune=true', ['Prune=false', 'Prune=confirm'])).toBeUndefined();
});

describe('waves', () => {
  const route = (text: string): string => wave(text, 'VirtualService', 'networking.istio.io/v1beta1');

  test('routes after models', () => {
    expect(messagesOf(MM610, model('0') + route('5'))).toEqual([
      'sync wave 5 is after models of wave 0, so one model that does not load keeps the VirtualService from the cluster: use a wave before 0',
    ]);
    expect(messagesOf(MM610, model('0') + route('0'))).toEqual([]);
    expect(messagesOf(MM610, model('0') + route('-10'))).toEqual([]);
    expect(messagesOf(MM610, route('5'))).toEqual([]);
    expect(
      messagesOf(MM610, model('0') + object('{ argocd.argoproj.io/hook: PostSync }', 'VirtualService', 'networking.istio.io/v1beta1')),
    ).toEqual([]);
  });

  test('runtimes and storage after models', () => {
    const runtime = wave('1', 'ServingRuntime', 'serving.kserve.io/v1alpha1');
    expect(messagesOf(MM611, model('0') + runtime)).toEqual([
      'sync wave 1 is after models of wave 0, which are not healthy before this ServingRuntime is there, so the first sync waits for ever: use a wave before 0',
    ]);
    expect(messagesOf(MM611, model('0') + model('2').replace('name: a', 'name: b') + runtime)).toEqual([]);
    expect(messagesOf(MM611, model('0') + wave('1', 'Secret', 'v1', 'storage-config'))).toHaveLength(1);
    expect(messagesOf(MM611, model('0') + wave('1', 'Secret', 'v1', 'other'))).toEqual([]);
    expect(messagesOf(MM611, runtime)).toEqual([]);
  });

  test('of different Applications have nothing to do with each other', () => {
    const manifest = (kind: string, apiVersion: string, folder: string, text: string): Manifest =>
      new Manifest(
        { apiVersion, kind, metadata: { name: 'a', namespace: 'm', annotations: { 'argocd.argoproj.io/sync-wave': text } } },
        { folder },
      );
    const set = new ManifestSet([
      manifest('InferenceService', 'serving.kserve.io/v1beta1', 'one', '0'),
      manifest('VirtualService', 'networking.istio.io/v1beta1', 'two', '5'),
    ]);
    expect(runChecks(set, [MM610])).toEqual([]);
  });
});
