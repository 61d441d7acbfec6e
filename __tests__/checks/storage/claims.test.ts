import { MM305 } from '../../../lib/checks/storage/mm305-claim-for-one-node';
import { MM320 } from '../../../lib/checks/storage/mm320-claim-not-named';
import { MM332 } from '../../../lib/checks/storage/mm332-claim-not-mounted';
import { MM333 } from '../../../lib/checks/storage/mm333-claim-missing';
import { MM334 } from '../../../lib/checks/storage/mm334-claim-in-other-namespace';
import { MM335 } from '../../../lib/checks/storage/mm335-claim-name-no-volume-name';
import { MM336 } from '../../../lib/checks/storage/mm336-claim-name-reserved';
import { MM337 } from '../../../lib/checks/storage/mm337-claim-name-of-optional-volume';
import { MM338 } from '../../../lib/checks/storage/mm338-claim-name-of-runtime-volume';
import { MM339 } from '../../../lib/checks/storage/mm339-claim-for-one-pod';
import { findingsIn, messagesOf } from '../../support/checks';
import { claim, model, NAMESPACE, runtime, secretOf, settings } from './fixtures';

const ENTRY = secretOf({ e: { type: 'pvc', name: 'c' } });
const named = (name: string) => NAMESPACE + secretOf({ e: { type: 'pvc', name } });
const ANY = settings('allowAnyPVC: true');

describe('access modes', () => {
  const oneNode = (pods: number) =>
    `claim 'c' is ReadWriteOnce, but ModelMesh mounts it into all ${pods} runtime pods of the namespace: those on another node than the first wait in ContainerCreating; use ReadWriteMany or ReadOnlyMany`;
  const once = ENTRY + claim('c', { mode: 'ReadWriteOnce' });

  test('MM305: the pods of all runtimes count, by default two each', () => {
    expect(messagesOf(MM305, once + runtime())).toEqual([oneNode(2)]);
    expect(messagesOf(MM305, once + runtime('replicas: 1') + runtime('replicas: 1', { name: 'b' }))).toEqual([oneNode(2)]);
    expect(messagesOf(MM305, once + settings('podsPerRuntime: 3') + runtime())).toEqual([oneNode(3)]);
  });

  test.each([
    ['there is one pod', once + runtime('replicas: 1')],
    ['no runtime is seen', once + NAMESPACE],
    ['the claim is for several nodes', ENTRY + claim('c', { mode: 'ReadOnlyMany' }) + runtime()],
    ['one of its modes is for several nodes', ENTRY + claim('c', { mode: 'ReadWriteOnce, ReadWriteMany' }) + runtime()],
    ['the claim is not mounted', secretOf({}) + claim('c', { mode: 'ReadWriteOnce' }) + runtime()],
  ])('MM305: nothing is said when %s', (_, yaml) => {
    expect(messagesOf(MM305, yaml)).toEqual([]);
  });

  test('MM339: a claim for one pod', () => {
    const yaml = ENTRY + claim('c', { mode: 'ReadWriteOncePod' });
    expect(messagesOf(MM339, yaml + runtime('replicas: 4'))).toEqual([
      "claim 'c' is ReadWriteOncePod, but runtime 'rt' has 4 pods, which all mount it: one of them starts, the others stay Pending; use ReadWriteMany or ReadOnlyMany",
    ]);
    expect(messagesOf(MM339, yaml + runtime('replicas: 1'))).toEqual([]);
  });
});

describe('MM320: no claim is named', () => {
  test('in the URI', () => {
    expect(messagesOf(MM320, ENTRY + claim() + model('storageUri: pvc:///p'))).toEqual([
      "storageUri 'pvc:///p' names no claim: loading fails; write it as 'pvc://CLAIM/PATH'",
    ]);
  });

  test('in the parameters', () => {
    expect(messagesOf(MM320, secretOf({}) + model('storage: { path: p, parameters: { type: pvc } }'))).toEqual([
      "storage of type pvc says no 'name': loading fails; add the claim's name to storage.parameters or to the storage entry",
    ]);
  });

  test('a path that begins with a mounted claim finds it', () => {
    expect(messagesOf(MM320, ENTRY + claim() + model('storageUri: pvc:///c/p'))).toEqual([]);
  });

  test('the entry may name it, or may not be known', () => {
    expect(messagesOf(MM320, ENTRY + claim() + model('storage: { key: e, path: p }'))).toEqual([]);
    expect(messagesOf(MM320, model('storage: { path: p, parameters: { type: pvc } }'))).toEqual([]);
  });
});

describe('MM332: a claim that is not mounted', () => {
  const message =
    'claim \'x\' is mounted into no runtime pod, since no storage entry names it: loading fails; add the entry {"type": "pvc", "name": "x"} to Secret \'storage-config\', or set allowAnyPVC in model-serving-config';

  test.each([
    'storageUri: pvc://x/p',
    'storage: { path: p, parameters: { type: pvc, name: x } }',
    'storage: { key: e, path: p, parameters: { name: x } }',
  ])('%s', (fields) => {
    expect(messagesOf(MM332, ENTRY + claim('x') + model(fields))).toEqual([message]);
  });

  test.each([
    ['allowAnyPVC is on', ANY + ENTRY + claim('x') + model('storageUri: pvc://x/p'), ''],
    ['others make the settings', ENTRY + model('storageUri: pvc://x/p'), '--existing ConfigMap/modelmesh/model-serving-config'],
    ['the Secret is not known', model('storageUri: pvc://x/p'), ''],
    ['an entry is not known', ENTRY.replace('stringData: {', "stringData: { f: '${F}',") + model('storageUri: pvc://x/p'), ''],
    ['an entry names it', ENTRY + model('storageUri: pvc://c/p'), ''],
  ])('nothing is said when %s', (_, yaml, options) => {
    expect(messagesOf(MM332, yaml, options)).toEqual([]);
  });
});

describe('where the claim is', () => {
  test('MM333: nowhere', () => {
    const missing = (effect: string) =>
      `claim 'ns/c' is missing: ${effect}; declare the PersistentVolumeClaim, or say that others make it (--existing PersistentVolumeClaim/ns/c)`;
    expect(messagesOf(MM333, NAMESPACE + ENTRY)).toEqual([missing('every runtime pod of the namespace mounts it and stays Pending')]);
    expect(messagesOf(MM333, ANY + model('storageUri: pvc://c/p') + model('storageUri: pvc://c/q', 'n'))).toEqual([
      missing('ModelMesh does not mount it, and loading fails'),
    ]);
  });

  test.each([
    ['it is there', NAMESPACE + ENTRY + claim(), ''],
    ['others make it', NAMESPACE + ENTRY, '--existing PersistentVolumeClaim/ns/c'],
    ['ModelMesh does not mount it', model('storageUri: pvc://c/p'), ''],
    ['the namespace is not one of ModelMesh', ENTRY, ''],
  ])('MM333: nothing is said when %s', (_, yaml, options) => {
    expect(messagesOf(MM333, yaml, options)).toEqual([]);
  });

  test('MM334: in another namespace only', () => {
    const yaml = NAMESPACE + ENTRY + claim('c', { namespace: 'other' });
    expect(findingsIn(yaml, '', [MM333, MM334]).map(({ code, field, message }) => [code, field, message])).toEqual([
      [
        'MM334',
        'stringData.e',
        "claim 'c' is in namespace 'other', but the runtime pods that mount it are in 'ns', and pods see only claims of their own namespace: every runtime pod stays Pending; declare the claim in 'ns'",
      ],
    ]);
    expect(messagesOf(MM334, yaml + claim())).toEqual([]);
  });
});

describe('the name of the claim', () => {
  const tail =
    'as the name of a volume, and ModelMesh names the volume after the claim: no Deployment of the namespace is made or changed; rename the claim';

  test('MM335: not the name of a volume', () => {
    expect(messagesOf(MM335, named('a.b'))).toEqual([
      `claim 'a.b' is not valid ${tail}: use lower-case letters, digits and '-', begin and end with a letter or digit`,
    ]);
    expect(messagesOf(MM335, named('a'.repeat(64)))).toEqual([
      `claim '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed ${tail}: shorten it`,
    ]);
    expect(messagesOf(MM335, named('a'.repeat(63)))).toEqual([]);
  });

  test.each(['models-dir', 'storage-config', 'tc-config'])('MM336: %s', (name) => {
    expect(messagesOf(MM336, named(name))).toEqual([
      `claim '${name}' has the name of a volume of ModelMesh's own: the Deployments would have two volumes of one name, and none of the namespace is made or changed; rename the claim`,
    ]);
  });

  test('MM336: etcd-config', () => {
    expect(messagesOf(MM336, named('etcd-config'))).toEqual([
      "claim 'etcd-config' has the name of a volume of ModelMesh's own: the claim silently takes the place of etcd's credentials, and no pod finds the others; rename the claim",
    ]);
  });

  test.each([
    ['domain-socket', 'a runtime gets a unix socket'],
    ['tls-certs', 'TLS is switched on'],
  ])('MM337: %s', (name, when) => {
    expect(messagesOf(MM336, named(name))).toEqual([]);
    expect(messagesOf(MM337, named(name))).toEqual([
      `claim '${name}' has the name of a volume that ModelMesh makes when ${when}: from then on one takes the place of the other; rename the claim`,
    ]);
  });

  test('MM338: that of a volume of a runtime of the namespace', () => {
    const yaml =
      ENTRY + claim() + runtime('volumes: [{ name: a }, { name: c }]') + runtime('volumes: [{ name: c }]', { namespace: 'other' });
    expect(findingsIn(yaml, '', [MM338])).toMatchObject([
      {
        object: "ServingRuntime 'ns/rt'",
        field: 'spec.volumes[1].name',
        message:
          "volume 'c' has the name of a claim that ModelMesh mounts into every runtime pod: the Deployment would have two volumes of one name, and is not made or changed; rename the volume",
      },
    ]);
  });
});
