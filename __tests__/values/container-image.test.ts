import fc from 'fast-check';
import { imageProblem } from '../../lib/values/container-image';
import { quote } from '../../lib/values/problems';
import { NOT_STRINGS, anyText } from './arbitraries';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const notPinned = (image: string) =>
  `image ${quote(image)} is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes`;
const notAnImage = (image: string) =>
  `image ${quote(image)} is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'`;

test.each([
  'busybox:1.37.0',
  'seldonio/mlserver:1.3.2',
  'nvcr.io/nvidia/tritonserver:23.04-py3',
  'localhost:5000/a/b/c:v1',
  'registry.example.com/a-b__c.d/e--f:LATEST',
  'a:latest-1',
  `a:${'b'.repeat(128)}`,
  `busybox@${DIGEST}`,
  `localhost:5000/busybox:latest@${DIGEST}`,
])('accepts %s', (image) => {
  expect(imageProblem('image', image)).toBeUndefined();
});

test.each(['busybox', 'busybox:latest', 'seldonio/mlserver', 'localhost:5000/mlserver', 'nvcr.io/nvidia/tritonserver:latest'])(
  'refuses %s, which is not pinned',
  (image) => {
    expect(imageProblem('image', image)).toBe(notPinned(image));
  },
);

test.each([
  '',
  ' ',
  'Busybox:1',
  'busybox:',
  'busybox: 1',
  'busybox:1\n',
  'busybox:1 ',
  'busybox:-1',
  ':1',
  '/a:1',
  'a/:1',
  'a//b:1',
  'a..b:1',
  'a._b:1',
  'a___b:1',
  'a_:1',
  'https://registry.example.com/a:1',
  'host:port/a:1',
  'a:1:2',
  `a:${'b'.repeat(129)}`,
  `a@${DIGEST.slice(0, -1)}`,
  `a@${DIGEST.toUpperCase()}`,
  'a@sha256:latest',
  'modèle:1',
  'a:1\ud800',
])('refuses %j, which is no reference', (image) => {
  expect(imageProblem('image', image)).toBe(notAnImage(image));
});

test.each(NOT_STRINGS)('refuses %s, which is no string', (quoted, value) => {
  expect(imageProblem('image', value)).toBe(
    `image '${quoted}' is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'`,
  );
});

test('answers at once for very long texts', () => {
  const start = performance.now();
  for (const part of ['a', 'a.', 'a-', 'a/', 'a:', '-']) {
    const image = `${part.repeat(20_000)}!`;
    expect(imageProblem('image', image)).toBe(notAnImage(image));
  }
  expect(performance.now() - start).toBeLessThan(2000);
});

test('whatever is accepted is pinned: it has a digest, or a tag other than latest', () => {
  const parts = fc.tuple(
    fc.constantFrom('', 'localhost/', 'localhost:5000/', 'nvcr.io/nvidia/', '/'),
    fc.oneof(fc.constant('mlserver'), anyText()),
    fc.oneof(
      fc.constantFrom('', ':latest', ':1', ':1.2-gpu', ':'),
      anyText().map((tag) => `:${tag}`),
    ),
    fc.constantFrom('', '', `@${DIGEST}`, '@', '@latest', '@sha256:0'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        anyText(),
        parts.map((texts) => texts.join('')),
      ),
      (image) => {
        if (imageProblem('image', image) !== undefined) return;
        const [reference = '', digest] = image.split('@');
        const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1];
        expect(digest?.length === 71 || (tag !== undefined && tag !== '' && tag !== 'latest')).toBe(true);
        expect(image).toMatch(/^[!-~]+$/);
      },
    ),
    { numRuns: 3000 },
  );
});
