import { bodyScript, doorScript } from '../../lib/gateway/model-name-scripts';
import { grpcBody, messageOf, runFilters } from './fake-envoy';
import { type Headers, INFER, refusal, testCases } from './script-cases';

const [DOOR, BODY] = [doorScript('model'), bodyScript('model')];

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
