import fc from 'fast-check';
import { bodyScript, MAX_FIELDS } from '../../lib/gateway/model-name-scripts';
import { grpcBody, messageOf, runFilters } from './fake-envoy';
import { type Headers, INFER, METADATA, refusal, testCases } from './script-cases';

const BODY = bodyScript('model');
const otherBody = 'the body names another model than header model or the path: name one';
const badBody = "the body does not name a model: use letters, digits, '-', '_' and '.'";
const twice = 'the body names its model or its version twice: name it once';
const version = 'the request names a version: leave it out, a model of ModelMesh has one only';
const noMessage = 'the body is no message of gRPC';
const notOne = 'the body is not one message of gRPC';
const unreadable = 'the message cannot be read';
const compressed = 'the message is compressed: send it as it is';

describe('the script for the body', () => {
  const grpc = (title: string, body: Buffer | undefined, outcome: string | Headers, sent: Headers = [], path = INFER) => {
    const start: Headers = [
      [':path', path],
      ['content-type', 'application/grpc'],
    ];
    return {
      title: `${title} ${JSON.stringify(sent)}`,
      request: { scripts: [BODY], headers: [...start, ...sent], body },
      outcome: typeof outcome === 'string' ? refusal(outcome, true) : { passed: [...start, ...outcome] },
    };
  };
  const a = [['model', 'a']] as const;
  const name = (value: string) => ({ number: 1, value });
  const named = grpcBody(messageOf(name('a')));
  const raw = (...bytes: number[]): Buffer => grpcBody(Buffer.from(bytes));
  const A = [0x0a, 0x01, 0x61];
  testCases([
    grpc('the name gives the header', named, a),
    grpc('the name gives the header', named, a, [], METADATA),
    grpc('the same name', named, a, a),
    grpc('another name', named, otherBody, [['model', 'b']]),
    grpc('another name', named, otherBody, [['model', 'b']], METADATA),
    grpc('another case', named, otherBody, [['model', 'A']]),
    grpc('two headers', named, otherBody, [...a, ...a]),
    grpc('an empty header', named, otherBody, [['model', '']]),
    grpc('a query in the path', named, otherBody, [['model', 'b']], `${INFER}?x`),
    grpc('another method', grpcBody(messageOf(name('b'))), a, a, '/mmesh.ModelMesh/setVModel'),
    grpc(
      'other fields around the name',
      grpcBody(messageOf({ number: 5, value: 'x'.repeat(300) }, name('a'), { number: 7, value: '' })),
      a,
      a,
    ),
    grpc('a name inside another field', grpcBody(messageOf({ number: 5, value: messageOf(name('b')) }, name('a'))), a, a),
    // Names
    grpc('no name', grpcBody(messageOf()), badBody, a),
    grpc('an empty name', grpcBody(messageOf(name(''))), badBody, a),
    ...['a/b', 'a,b', 'a b', 'a\n', '\0', '.a', 'ä'].map((value) => grpc(JSON.stringify(value), grpcBody(messageOf(name(value))), badBody)),
    grpc('a long name', grpcBody(messageOf(name('a'.repeat(253)))), [['model', 'a'.repeat(253)]]),
    grpc('a longer name', grpcBody(messageOf(name('a'.repeat(254)))), 'the body names a model of more than 253 characters'),
    // Twice
    grpc('two names', grpcBody(messageOf(name('a'), name('b'))), twice, a),
    grpc('the other order', grpcBody(messageOf(name('b'), name('a'))), twice, a),
    grpc('the name twice', grpcBody(messageOf(name('a'), name('a'))), twice, a),
    grpc('an empty name, then a name', grpcBody(messageOf(name(''), name('a'))), twice, a),
    grpc('two names far apart', grpcBody(messageOf(name('a'), { number: 7, value: 'x'.repeat(1000) }, name('b'))), twice, a),
    grpc('a second name with a long tag', raw(...A, 0x8a, 0x00, 0x01, 0x62), twice, a),
    grpc('a second name with the longest tag', raw(...A, 0x8a, 0x80, 0x80, 0x80, 0x00, 0x01, 0x62), twice, a),
    // Versions
    grpc('a version', grpcBody(messageOf(name('a'), { number: 2, value: '1' })), version, a),
    grpc('an empty version', grpcBody(messageOf(name('a'), { number: 2, value: '' })), a, a),
    grpc('two versions', grpcBody(messageOf(name('a'), { number: 2, value: '' }, { number: 2, value: '1' })), twice, a),
    // Messages
    grpc('no body', undefined, noMessage, a),
    grpc('an empty body', Buffer.alloc(0), noMessage, a),
    grpc('a short body', Buffer.alloc(4), noMessage, a),
    grpc('an empty message', grpcBody(Buffer.alloc(0)), badBody, a),
    grpc('a compressed message', grpcBody(messageOf(name('a')), 1), compressed, a),
    grpc('two messages', Buffer.concat([named, named]), notOne, a),
    grpc('a message with a tail', Buffer.concat([named, Buffer.from([0])]), notOne, a),
    grpc('a message that is cut', grpcBody(messageOf(name('a')), 0, 4), notOne, a),
    // Fields that are no texts
    grpc('a number', raw(...A, 0x18, 0x96, 0x01), a, a),
    grpc('a number of ten bytes', raw(...A, 0x18, ...Array<number>(9).fill(0xff), 0x01), a, a),
    grpc('a number of eleven bytes', raw(...A, 0x18, ...Array<number>(10).fill(0xff), 0x01), unreadable, a),
    grpc('eight bytes', raw(...A, 0x19, ...Array<number>(8).fill(0x0a)), a, a),
    grpc('four bytes', raw(...A, 0x1d, ...Array<number>(4).fill(0x0a)), a, a),
    grpc('four bytes of eight', raw(...A, 0x19, ...Array<number>(4).fill(0x0a)), unreadable, a),
    grpc('a group', raw(...A, 0x1b, 0x1c), unreadable, a),
    grpc('the end of a group', raw(...A, 0x1c), unreadable, a),
    grpc('an unknown kind', raw(...A, 0x1e), unreadable, a),
    grpc('field 0', raw(...A, 0x02, 0x00), unreadable, a),
    grpc('a number for a name', raw(...A, 0x08, 0x01), unreadable, a),
    grpc('eight bytes for a version', raw(...A, 0x11, ...Array<number>(8).fill(0)), unreadable, a),
    // Lengths and tags
    grpc('a text that is cut', raw(0x0a, 0x02, 0x61), unreadable, a),
    grpc('a tag that is cut', raw(...A, 0x8a), unreadable, a),
    grpc('a length that is missing', raw(...A, 0x1a), unreadable, a),
    grpc('a length of five bytes', raw(0x0a, 0x81, 0x80, 0x80, 0x80, 0x00, 0x61), a, a),
    grpc('a length that wraps at 32 bits', raw(...A, 0x0a, 0x81, 0x80, 0x80, 0x80, 0x10, 0x62), unreadable, a),
    grpc('a length of six bytes', raw(...A, 0x0a, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00, 0x62), unreadable, a),
    grpc('a tag that wraps at 32 bits', raw(...A, 0x8a, 0x80, 0x80, 0x80, 0x10, 0x01, 0x62), unreadable, a),
    grpc('a tag of six bytes', raw(...A, 0x8a, 0x80, 0x80, 0x80, 0x80, 0x00, 0x01, 0x62), unreadable, a),
    grpc('as many fields as may be', grpcBody(messageOf(name('a'), ...Array<{ number: number; value: string }>(MAX_FIELDS - 1).fill({ number: 7, value: '' }))), a, a), // prettier-ignore
    grpc(
      'more fields',
      grpcBody(messageOf(name('a'), ...Array<{ number: number; value: string }>(MAX_FIELDS).fill({ number: 7, value: '' }))),
      `the message has more than ${MAX_FIELDS} fields`,
      a,
    ),
  ]);
});

describe('messages of any fields', () => {
  // A tag or a length of seven bits, written in more bytes than it needs.
  const padded = (value: number, padding: number): number[] =>
    padding === 0 ? [value] : [value + 128, ...Array<number>(padding - 1).fill(128), 0];
  const fields = fc.array(
    fc.record({
      number: fc.constantFrom(1, 2, 5, 6, 7),
      value: fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 3 }),
      paddings: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
    }),
    { maxLength: 6 },
  );

  it('pass with one name and no version, and with that name alone', () => {
    const samples = fc.sample(fields, { numRuns: 500, seed: 1 });
    const outcomes = runFilters(
      samples.map((sample) => ({
        scripts: [BODY],
        headers: [[':path', INFER]],
        body: grpcBody(
          Buffer.concat(
            sample.map(({ number, value, paddings }) =>
              Buffer.from([...padded(number * 8 + 2, paddings[0]), ...padded(value.length, paddings[1]), ...Buffer.from(value)]),
            ),
          ),
        ),
      })),
    );
    const expected = samples.map((sample) => {
      const [names, versions] = [1, 2].map((wanted) => sample.filter(({ number }) => number === wanted).map(({ value }) => value));
      const isServed = names!.length === 1 && /^[ab][ab.]*$/.test(names![0]!) && versions!.length <= 1 && (versions![0] ?? '') === '';
      return isServed ? names![0] : undefined;
    });
    expect(outcomes.map(({ passed }) => passed?.find(([header]) => header === 'model')?.[1])).toEqual(expected);
    expect(expected.filter((name) => name !== undefined).length).toBeGreaterThan(50);
  });
});
