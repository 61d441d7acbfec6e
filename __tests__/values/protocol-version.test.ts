import fc from 'fast-check';
import { quote } from '../../lib/values/problems';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { NOT_STRINGS, anyText } from './arbitraries';

const message = (quoted: string) =>
  `protocol version ${quoted} is not valid: use at least one character, and no white space, ',', '|' or ':'`;

test.each([
  [ProtocolVersion.GRPC_V2, 'grpc-v2'],
  [ProtocolVersion.V2, 'v2'],
  [ProtocolVersion.GRPC_V1, 'grpc-v1'],
  [ProtocolVersion.V1, 'v1'],
  [ProtocolVersion.of('My.protocol_3'), 'My.protocol_3'],
])('%j is compared as %s', (protocol, value) => {
  expect(protocol.value).toBe(value);
});

test.each(['', ' ', 'grpc v2', 'v2\n', 'v1,v2', 'v1|v2', 'pv:v2'])('refuses %j', (value) => {
  expect(() => ProtocolVersion.of(value)).toThrow(new Error(message(quote(value))));
});

test.each(NOT_STRINGS)('refuses %s, which is no string', (quoted, value) => {
  expect(() => ProtocolVersion.of(value)).toThrow(new Error(message(`'${quoted}'`)));
});

test('whatever is accepted holds no separator of a type constraint', () => {
  fc.assert(
    fc.property(anyText(), (value) => {
      const holdsSeparator = value === '' || [...value].some((character) => ',|:'.includes(character) || character.trim() === '');
      if (holdsSeparator) expect(() => ProtocolVersion.of(value)).toThrow(new Error(message(quote(value))));
      else expect(ProtocolVersion.of(value).value).toBe(value);
    }),
    { numRuns: 1000 },
  );
});
