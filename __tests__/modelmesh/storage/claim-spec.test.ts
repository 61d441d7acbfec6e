import { claimProblemsOf } from '../../../lib/modelmesh/storage/claim-spec';
import { setOf } from '../../support/checks';

function problemsOf(spec: string): string[] {
  const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: models, namespace: ml }\nspec: ${spec}\n`;
  return claimProblemsOf(setOf(claim)).map(({ part, path, message }) => `${part} ${path.join('.')}: ${message}`);
}

test.each([
  '{ accessModes: [ReadWriteMany], resources: { requests: { storage: 10Gi } } }',
  '{ accessModes: [ReadWriteOnce, ReadOnlyMany], resources: { requests: { storage: 1 } }, volumeMode: Block }',
  "{ accessModes: [ReadWriteOncePod], resources: { requests: { storage: 1e3 } }, storageClassName: '' }",
])('%s is accepted', (spec) => {
  expect(problemsOf(spec)).toEqual([]);
});

const SIZE = 'resources: { requests: { storage: 1Gi } }';
const MODES = 'accessModes: [ReadWriteMany]';

test.each([
  [
    `{ ${SIZE} }`,
    'accessModes spec.accessModes: spec.accessModes is missing: name at least one, e.g. ReadWriteMany, so that pods on several nodes mount the claim',
  ],
  [
    `{ accessModes: [], ${SIZE} }`,
    'accessModes spec.accessModes: spec.accessModes is missing: name at least one, e.g. ReadWriteMany, so that pods on several nodes mount the claim',
  ],
  [
    `{ accessModes: [ReadWriteMany, RWX], ${SIZE} }`,
    "accessModes spec.accessModes.1: access mode 'RWX' is not one that Kubernetes knows: use ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod",
  ],
  [
    `{ accessModes: [ReadWriteOncePod, ReadWriteOnce], ${SIZE} }`,
    'accessModes spec.accessModes: ReadWriteOncePod is one of several access modes, which it cannot be: use it alone, or leave it out',
  ],
  [
    `{ ${MODES} }`,
    'size spec.resources.requests.storage: spec.resources.requests.storage is missing: set the size of the claim, e.g. 10Gi',
  ],
  [
    `{ ${MODES}, resources: { requests: { storage: ten } } }`,
    "size spec.resources.requests.storage: the size of the claim is 'ten', which is no quantity: write e.g. 10Gi",
  ],
  [
    `{ ${MODES}, resources: { requests: { storage: 0 } } }`,
    "size spec.resources.requests.storage: the size of the claim is '0': use more than 0",
  ],
  [
    `{ ${MODES}, resources: { requests: { storage: -1Gi } } }`,
    "size spec.resources.requests.storage: the size of the claim is '-1Gi': use more than 0",
  ],
  [`{ ${MODES}, ${SIZE}, volumeMode: block }`, "field spec.volumeMode: volumeMode is 'block': use Filesystem, which ModelMesh can mount"],
])('%s is refused', (spec, problem) => {
  expect(problemsOf(spec)).toEqual([problem]);
});

test('a storage class that is no name is refused', () => {
  expect(problemsOf(`{ ${MODES}, ${SIZE}, storageClassName: 'X Y' }`)).toEqual([
    expect.stringMatching(/^field spec\.storageClassName: storage class 'X Y' is not valid: /),
  ]);
});
