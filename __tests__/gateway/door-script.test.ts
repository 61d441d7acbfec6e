import { doorScript, INTERNAL_HEADERS } from '../../lib/gateway/model-name-scripts';
import { type Headers, INFER, refusal, testCases } from './script-cases';

const DOOR = doorScript('model');
const badHeader = 'header model is not the name of one model: send it once, or leave it out';
const badPath = "the path does not name a model: use letters, digits, '-', '_' and '.'";
const otherPath = 'header model and the path name different models: name one, or leave the header out';

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
