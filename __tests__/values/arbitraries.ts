import fc from 'fast-check';

/** Characters at the edges of our rules: allowed ones, their neighbours, separators, line breaks, look-alikes and half a surrogate pair. */
const EDGE_CHARACTERS = [...'abz09-._/AZ', ...'`{@[:^~,|% \t\n\r\\', '\0', '\u0085', '\u2028', 'ñ', 'ａ', '٣', 'ſ', 'K', '\ud800', '😀'];

/** Any character, halves of surrogate pairs among them. (The `binary` unit of fast-check takes seconds to set up.) */
export function anyCharacter(): fc.Arbitrary<string> {
  return fc.oneof(fc.integer({ max: 0x24f, min: 0 }), fc.integer({ max: 0x10ffff, min: 0 })).map((code) => String.fromCodePoint(code));
}

/** Texts that are sometimes valid names and mostly nearly so, and some of any characters at all. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.string({ unit: fc.constantFrom(...'abz09-'), maxLength: 12 }), weight: 3 },
    { arbitrary: fc.string({ unit: fc.constantFrom(...'az0-._/A'), maxLength: 12 }), weight: 3 },
    { arbitrary: fc.string({ unit: fc.constantFrom(...EDGE_CHARACTERS), maxLength: 12 }), weight: 2 },
    { arbitrary: fc.string({ unit: anyCharacter(), maxLength: 12 }), weight: 1 },
    {
      arbitrary: fc.tuple(fc.constantFrom('a', 'a.', 'a/', '-'), fc.integer({ min: 55, max: 260 })).map(([s, n]) => s.repeat(n)),
      weight: 1,
    },
    {
      arbitrary: fc.tuple(fc.constantFrom('a', 'a.b', 'a/b'), fc.constantFrom('', '\n', '\r', ' ', '\0')).map((pair) => pair.join('')),
      weight: 1,
    },
  );
}

/** What a caller in JavaScript may pass in place of a string, with the text by which an error quotes it. */
export const NOT_STRINGS: readonly (readonly [quoted: string, value: string])[] = [
  ['undefined', undefined],
  ['null', null],
  ['7', 7],
  ['NaN', NaN],
  ['true', true],
  ['["a"]', ['a']],
  ['{"toString":"a"}', { toString: 'a' }],
  ['10', 10n],
].map(([quoted, value]) => [quoted as string, value as unknown as string]);
