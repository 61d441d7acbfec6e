import { bodyScript, doorScript, INTERNAL_HEADERS, MAX_FIELDS } from '../../lib/gateway/model-name-scripts';
import { type FakeOutcome, type FakeRequest, grpcBody, messageOf, runFilters } from './fake-envoy';

const [DOOR, BODY] = [doorScript('model'), bodyScript('model')];
const INFER = '/inference.GRPCInferenceService/ModelInfer';
const METADATA = '/inference.GRPCInferenceService/ModelMetadata';

type Headers = readonly (readonly [string, string])[];

const badHeader = 'header model is not the name of one model: send it once, or leave it out';
const badPath = "the path does not name a model: use letters, digits, '-', '_' and '.'";
const otherPath = 'header model and the path name different models: name one, or leave the header out';
const otherBody = 'the body names another model than header model or the path: name one';
const badBody = "the body does not name a model: use letters, digits, '-', '_' and '.'";
const twice = 'the body names its model or its version twice: name it once';
const version = 'the request names a version: leave it out, a model of ModelMesh has one only';
const noMessage = 'the body is no message of gRPC';
const notOne = 'the body is not one message of gRPC';
const unreadable = 'the message cannot be read';
const compressed = 'the message is compressed: send it as it is';

/** One test per case, and one run of Lua for all of them. */
function testCases<C extends { readonly title: string; readonly request: FakeRequest; readonly outcome: FakeOutcome }>(
  cases: readonly C[],
) {
  let outcomes: FakeOutcome[] = [];
  beforeAll(() => {
    outcomes = runFilters(cases.map(({ request }) => request));
  });
  test.each(cases.map(({ title, outcome }, index) => ({ title, outcome, index })))('$title', ({ outcome, index }) =>
    expect(outcomes[index]).toEqual(outcome),
  );
}

const refusal = (text: string, isGrpc: boolean): FakeOutcome => ({
  refused: { headers: isGrpc ? { ':status': '400', 'grpc-status': '3' } : { ':status': '400', 'content-type': 'text/plain' }, text },
});

describe('the script at the door', () => {
  const json = (path: string, sent: Headers, outcome: string | Headers) => ({
    title: `${path} ${JSON.stringify(sent)}`,
    request: { scripts: [DOOR], headers: [[':path', path], ...sent] as Headers },
    outcome: typeof outcome === 'string' ? refusal(outcome, false) : { passed: [[':path', path], ...outcome] as Headers },
  });
  const a = [['model', 'a']] as const;
  testCases([
    // The path gives the header.
    json('/v2/models/a', [], a),
    json('/v2/models/a/infer', [], a),
    json('/v2/models/a/infer?x=1', [], a),
    json('/v2/models/a?x=/v2/models/b', [], a),
    json('/v2/models/a#b', [], a),
    json('/v2/models/%61/infer', [], a),
    json('/v2/models/tf%2Dmnist/infer', [], [['model', 'tf-mnist']]),
    json('/v2/models/infer', [], [['model', 'infer']]),
    // Case and dots are part of a name; ModelMesh has no such model.
    json('/v2/models/A/infer', [], [['model', 'A']]),
    json('/v2/models/a./infer', [], [['model', 'a.']]),
    // The header may say the same.
    json('/v2/models/a/infer', a, a),
    json('/v2/models/%61/infer', a, a),
    json('/v2/models/a/infer', [['model', 'b']], otherPath),
    json('/v2/models/a/infer', [['model', 'A']], otherPath),
    json('/v2/models/a/infer', [['model', 'a.']], otherPath),
    json('/v2/models/a./infer', a, otherPath),
    json('/v2/models/%62/infer', a, otherPath),
    json('/v2/models/a', [['model', 'b']], otherPath),
    // Twice is once too often, whatever it says.
    json('/v2/models/a/infer', [...a, ...a], badHeader),
    json('/v2/models/a/infer', [...a, ['model', 'b']], badHeader),
    json('/v2/models/a/infer', [['model', 'a,a']], badHeader),
    json('/v2/models/a/infer', [['model', 'a, b']], badHeader),
    json('/v2/models/a/infer', [['model', '']], badHeader),
    json('/v2/models/a/infer', [['model', ' a']], badHeader),
    json('/v2/models/a/infer', [['model', 'a/b']], badHeader),
    // What only looks like a name.
    json('/v2/models/a%2Fversions%2F1/infer', [], badPath),
    json('/v2/models/a%2fb', [], badPath),
    json('/v2/models/tf%252Dmnist/infer', [], badPath),
    json('/v2/models/a%00/infer', [], badPath),
    json('/v2/models/a%0A/infer', [], badPath),
    json('/v2/models/a%2Cb/infer', [], badPath),
    json('/v2/models/a%/infer', [], badPath),
    json('/v2/models/a%zz/infer', [], badPath),
    json('/v2/models/a b/infer', [], badPath),
    json('/v2/models/a;b=c/infer', [], badPath),
    json('/v2/models/a:verb', [], badPath),
    json('/v2/models/..%2Fa/infer', [], badPath),
    json('/v2/models/%2E%2E/infer', [], badPath),
    json('/v2/models/ä/infer', [], badPath),
    // Other paths are for the guard of the inference API; their header is looked at all the same.
    ...[
      '/v2//models/a/infer',
      '//v2/models/a/infer',
      '/v2/models/a//infer',
      '/v2/models//infer',
      '/v2/models/a/',
      '/v2/models/a/infer/',
    ].flatMap((path) => [json(path, [], []), json(path, [['model', 'b']], [['model', 'b']]), json(path, [...a, ...a], badHeader)]),
    ...['/v2/models/a/versions/1/infer', '/v2/models/a/INFER', '/V2/models/a/infer', '/v2/models/', '/', '', '/x/v2/models/a'].map((path) =>
      json(path, [], []),
    ),
    json(INFER, [], []),
    json(INFER, a, a),
    json(INFER, [...a, ['model', 'b']], badHeader),
  ]);

  describe('answers callers of gRPC in their way', () => {
    const grpc = (contentType: string, isGrpc: boolean) => ({
      title: contentType,
      request: {
        scripts: [DOOR],
        headers: [
          [':path', INFER],
          ['content-type', contentType],
          ['model', 'a'],
          ['model', 'b'],
        ] as Headers,
      },
      outcome: refusal(badHeader, isGrpc),
    });
    testCases([
      grpc('application/grpc', true),
      grpc('application/grpc+proto', true),
      grpc('application/json', false),
      grpc('text/application/grpc', false),
    ]);
  });

  describe('drops headers that are not the callers to send', () => {
    const values = INTERNAL_HEADERS.flatMap((name): Headers => [
      [name, 'b'],
      [name, 'c'],
    ]);
    const others: Headers = [
      ['mm-other', 'b'],
      ['x-mm-balanced', 'true'],
    ];
    testCases([
      json('/v2/models/a/infer', [...values, ...others], [...others, ...a]),
      json(INFER, [...values, ...others, ...a], [...others, ...a]),
      json('/anything', [...values, ...others], others),
    ]);
    test('all of them', () =>
      expect(INTERNAL_HEADERS).toEqual([
        'mm-vmodel-id',
        'mm-vmodel-id-bin',
        'mm-model-id',
        'mm-model-id-bin',
        'mm-balanced',
        'x-gateway-destination-endpoint',
      ]));
  });

  describe('without a path', () => {
    testCases([{ title: 'it does nothing', request: { scripts: [DOOR], headers: [] }, outcome: { passed: [] as unknown as Headers } }]);
  });
});

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

describe('the header', () => {
  const headers: Headers = [
    [':path', '/v2/models/a/infer'],
    ['model', 'b'],
    ['x-model', 'c'],
  ];
  testCases([
    {
      title: 'may have another name at the door',
      request: { scripts: [doorScript('x-model')], headers },
      outcome: refusal('header x-model and the path name different models: name one, or leave the header out', false),
    },
    {
      title: 'may have another name behind it',
      request: {
        scripts: [bodyScript('x-model')],
        headers: [[':path', INFER], ...headers.slice(1)],
        body: grpcBody(messageOf({ number: 1, value: 'b' })),
      },
      outcome: refusal('the body names another model than header x-model or the path: name one', false),
    },
  ]);
});

describe('header, path and body in every combination', () => {
  const sent: Headers[] = [
    [],
    ...['a', 'b', 'A', 'a.', '', 'a,b'].map((value): Headers => [['model', value]]),
    ...[
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'a'],
    ].map((values): Headers => values.map((value) => ['model', value] as const)),
  ];
  const paths = [undefined, 'a', 'b', '%61', 'a.', 'A', 'a%2Fb'];
  const bodies = [[], ['a'], ['b'], ['a', 'b'], ['b', 'a'], ['a', 'a'], ['A'], ['']];
  const cases = sent.flatMap((headers) => paths.flatMap((path) => bodies.map((body) => ({ headers, path, body }))));

  // The transcoder binds the name of the path to the field of the body; where both have one, the field comes twice.
  const transcoded = ({ path, body }: (typeof cases)[number]): string[] =>
    path === undefined ? body : [decodeURIComponent(path), ...body];

  it('never let a model answer that one of them did not name', () => {
    const atDoor = runFilters(
      cases.map(({ headers, path }) => ({
        scripts: [DOOR],
        headers: [[':path', path === undefined ? INFER : `/v2/models/${path}/infer`], ...headers],
      })),
    );
    const behind = runFilters(
      cases.map((given, index) => ({
        scripts: [BODY],
        headers: [[':path', INFER], ...(atDoor[index]?.passed ?? []).filter(([header]) => header !== ':path')],
        body: grpcBody(messageOf(...transcoded(given).map((value) => ({ number: 1, value })))),
      })),
    );
    const served = cases.filter((_, index) => atDoor[index]?.passed !== undefined && behind[index]?.passed !== undefined);
    for (const given of served) {
      const names = [...given.headers.map(([, value]) => value), ...transcoded(given)];
      expect(new Set(names).size).toBe(1);
      expect(behind[cases.indexOf(given)]?.passed).toEqual([
        [':path', INFER],
        ['model', names[0]],
      ]);
    }
    // None that names one model, once in each place, is turned away.
    const clear = cases.filter((given) => {
      const names = [...given.headers.map(([, value]) => value), ...transcoded(given)];
      const isOnce = given.headers.length <= 1 && transcoded(given).length === 1;
      return isOnce && new Set(names).size === 1 && !['', 'a/b'].includes(names[0]!);
    });
    expect(served).toEqual(clear);
    expect(served.length).toBe(16);
  });
});
