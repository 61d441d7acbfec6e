import { hasMarker, MARKER } from '../../lib/synth/marker';

test.each([
  ['the file as it was written', `${MARKER}\napiVersion: v1\n`, true],
  ['line ends that git changed', `${MARKER}\r\napiVersion: v1\r\n`, true],
  ['a byte order mark that an editor added', `\ufeff${MARKER}\n`, true],
  ['a first line that goes on', `${MARKER} Really.\n`, false],
  ['a marker in the second line', `\n${MARKER}\n`, false],
  ['a marker without an end of line', MARKER, false],
  ['an empty file', '', false],
])('%s: %#', (_, content, expected) => {
  expect(hasMarker(Buffer.from(content))).toBe(expected);
});
