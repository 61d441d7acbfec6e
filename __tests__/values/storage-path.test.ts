import { posix } from 'node:path';
import fc from 'fast-check';
import { quote } from '../../lib/values/problems';
import { storagePathProblem } from '../../lib/values/storage-path';
import { NOT_STRINGS, anyCharacter } from './arbitraries';

const REMEDY = "use a relative path such as 'mnist' or 'mnist/v2/model.joblib', without '..', '.', empty parts or surrounding white space";

test.each([
  'mnist',
  'mnist/v2/model.joblib',
  'a b/c',
  '.hidden/..data',
  '...',
  'a..',
  '模型/v1',
  '😀',
  'a:b@c?d#e%f',
  '~',
  'a'.repeat(1024),
])('accepts %j', (path) => {
  expect(storagePathProblem('path', path)).toBeUndefined();
});

test('refuses the empty path, and none', () => {
  expect(storagePathProblem('path', '')).toBe(`path is empty: ${REMEDY}`);
  expect(storagePathProblem('path', undefined as unknown as string)).toBe(`path is empty: ${REMEDY}`);
});

test.each([
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  './a',
  'a/.',
  'a/./b',
  '..',
  '../a',
  'a/..',
  'a/../b',
  ' a',
  'a ',
  'a\n',
  '\ta',
  '\u00a0a',
  'a\u2028',
  'a\0b',
  'a\nb',
  'a\u007f',
  'a\\b',
  '..\\a',
])('refuses %j', (path) => {
  expect(storagePathProblem('path', path)).toBe(`path ${quote(path)} is not valid: ${REMEDY}`);
});

test('refuses a path of more than 1024 characters', () => {
  expect(storagePathProblem('path', 'a'.repeat(1025))).toBe(
    `path '${'a'.repeat(117)}...' has 1025 characters, at most 1024 are allowed: shorten it`,
  );
});

test.each(NOT_STRINGS.slice(1))('refuses %s, which is no string', (quoted, value) => {
  expect(storagePathProblem('path', value)).toBe(`path '${quoted}' is not valid: ${REMEDY}`);
});

test('whatever is accepted stays inside its root and is its own normal form', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', 'b.c', '...', ' ', '\\', '..\\', '\n'),
    fc.string({ unit: anyCharacter(), maxLength: 4 }),
  );
  const paths = fc
    .tuple(fc.array(part, { maxLength: 6 }), fc.constantFrom('/', '\\', '//'))
    .map(([parts, separator]) => parts.join(separator));
  let accepted = 0;
  fc.assert(
    fc.property(paths, (path) => {
      if (storagePathProblem('path', path) !== undefined) return;
      accepted += 1;
      expect(posix.join('/root', path)).toBe(`/root/${path}`);
      expect(posix.normalize(path)).toBe(path);
      expect(path.startsWith('/')).toBe(false);
      expect(path.trim()).toBe(path);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('whatever leaves its root, or is not its own normal form, is refused', () => {
  const parts = fc.array(fc.constantFrom('..', '.', '', 'a', 'b.c'), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, (names) => {
      const path = names.join('/');
      const isPlain = names.every((name) => name === 'a' || name === 'b.c');
      expect(storagePathProblem('path', path)).toBe(
        isPlain ? undefined : path === '' ? `path is empty: ${REMEDY}` : `path '${path}' is not valid: ${REMEDY}`,
      );
    }),
  );
});
