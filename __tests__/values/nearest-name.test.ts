import fc from 'fast-check';
import { editDistance, nearestFirst, nearestName } from '../../lib/values/nearest-name';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

test.each([
  ['modelformat', 'modelFormat'],
  ['modelFromat', 'modelFormat'],
  ['conatiners', 'containers'],
  ['container', 'containers'],
  ['autoselect', 'autoSelect'],
  ['x', undefined],
  ['somethingElse', undefined],
])('%s was meant to be %s', (name, expected) => {
  expect(nearestName(name, ['modelFormat', 'containers', 'autoSelect', 'runtime'])).toBe(expected);
});

test('names by how little tells them from another, those equally near by the alphabet', () => {
  expect(nearestFirst(['onnx-mnist', 'tf-b', 'tf-mnist', 'tf-a'], 'tf-mnits')).toEqual(['tf-mnist', 'onnx-mnist', 'tf-a', 'tf-b']);
});

test.each([
  ['prune', 'prune', 0],
  ['', 'abc', 3],
  ['prune', 'prnue', 1],
  ['prune', 'pruned', 1],
  ['prune', 'rune', 1],
  ['prune', 'prone', 1],
  ['true', 'false', 4],
])('from %s to %s it takes %i changes', (from, to, expected) => {
  expect(editDistance(from, to)).toBe(expected);
});

test('there and back takes the same, nothing is nearer than the text itself, and no more than the longer text changes', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const distance = editDistance(one, other);
      expect(editDistance(other, one)).toBe(distance);
      expect(distance === 0).toBe(one === other);
      expect(distance).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});

test('one more letter is one more change', () => {
  fc.assert(
    fc.property(word, fc.nat({ max: 8 }), (text, place) => {
      expect(editDistance(text, `${text.slice(0, place)}x${text.slice(place)}`)).toBe(1);
    }),
  );
});
