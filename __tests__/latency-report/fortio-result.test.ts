import fc from 'fast-check';
import { isSuccess, readFortioResult } from '../../lib/latency-report/fortio-result';
import { fortioJson, fortioResult } from './runs';

const problemsOf = (value: unknown) => readFortioResult(JSON.stringify(value, null, 1), 'before.json').problems;

describe('a result of fortio', () => {
  test('is read in its own words', () => {
    expect(fortioResult()).toEqual({
      file: 'before.json',
      runType: 'HTTP',
      version: '1.68.2',
      startTime: '2026-11-23T08:00:00Z',
      labels: 'before',
      url: 'http://localhost:8008/v2/models/iris/infer',
      requestedQps: 100,
      actualQps: 99.9,
      durationNanos: 1001000000,
      threads: 1,
      latency: {
        count: 100,
        minSeconds: 0.0011,
        maxSeconds: 0.0034,
        avgSeconds: 0.002,
        stdDevSeconds: 0.0004,
        buckets: [
          { startSeconds: 0.0011, endSeconds: 0.002, count: 60 },
          { startSeconds: 0.002, endSeconds: 0.003, count: 30 },
          { startSeconds: 0.003, endSeconds: 0.0034, count: 10 },
        ],
        percentiles: [{ percentile: 50, seconds: 0.00185 }],
      },
      returnCodes: { '200': 100 },
      errors: 0,
      sockets: 1,
      averageResponseBytes: 300,
    });
  });

  test('of a gRPC run has a destination and no sockets, and one at full speed no requested rate', () => {
    const grpc = { RunType: 'GRPC Ping', RetCodes: { SERVING: 90, ERROR: 10 }, Destination: 'localhost:8033', RequestedQPS: 'max' };
    const absent = { URL: undefined, Sizes: undefined, Sockets: undefined, SocketCount: undefined, ErrorsDurationHistogram: undefined };
    expect(fortioResult({ ...grpc, ...absent })).toMatchObject({
      runType: 'GRPC Ping',
      url: 'localhost:8033',
      requestedQps: undefined,
      errors: 10,
      sockets: undefined,
      averageResponseBytes: undefined,
    });
  });

  test('of older versions may lack what newer ones write', () => {
    const absent = { Labels: undefined, StartTime: undefined, Version: undefined, SocketCount: undefined, Sockets: [2, 3] };
    expect(fortioResult(absent)).toMatchObject({ labels: '', sockets: 5 });
    expect(fortioResult(absent).version).toBeUndefined();
  });

  test('counts as errors what fortio counts or what has another status than 2xx, whichever is more', () => {
    const errors = (RetCodes: object, Count: number) => fortioResult({ RetCodes, ErrorsDurationHistogram: { Count } }).errors;
    expect(errors({ '200': 90, '404': 7, '-1': 3 }, 10)).toBe(10);
    expect(errors({ '200': 90, '418': 10 }, 0)).toBe(10);
    expect(errors({ '200': 100 }, 4)).toBe(4);
  });

  test.each([
    ['200', true],
    ['204', true],
    ['SERVING', true],
    ['OK', true],
    ['404', false],
    ['-1', false],
    ['NOT_SERVING', false],
    ['2000', false],
  ])('status %s is a success: %s', (code, expected) => {
    expect(isSuccess(code)).toBe(expected);
  });

  test('leaves user, password and query of the URL out', () => {
    const urlOf = (URL: string) => fortioResult({ URL }).url;
    expect(urlOf('http://me:secret@localhost:8008/v2?token=secret#secret')).toBe('http://localhost:8008/v2');
    expect(urlOf('me:secret@localhost:8008/v2')).toBe('localhost:8008/v2');
    expect(urlOf('http://localhost/a@b')).toBe('http://localhost/a@b');
    expect(JSON.stringify(fortioResult({ UserCredentials: 'me:secret' }))).not.toContain('secret');
  });

  test('may begin with a byte order mark', () => {
    expect(readFortioResult(`\uFEFF${JSON.stringify(fortioJson())}`, 'before.json').problems).toEqual([]);
  });
});

describe('the log of a pod that holds a result', () => {
  const log = (result: string): string =>
    [
      '{"ts":1,"level":"info","msg":"Starting"}',
      'Fortio 1.68.2 running',
      ...result.split('\n'),
      'Ended after 1s',
      '{"level":"info"}',
      '',
    ].join('\n');

  test('is read as the result', () => {
    expect(readFortioResult(log(JSON.stringify(fortioJson(), null, 2)), 'before.json')).toEqual({ result: fortioResult(), problems: [] });
  });

  test('is told by its own lines when something is wrong', () => {
    const wrong = JSON.stringify(fortioJson({ NumThreads: 0 }), null, 2);
    expect(readFortioResult(log(wrong), 'before.log').problems).toEqual([
      "before.log:11:17: NumThreads is '0': fortio writes a number above 0",
    ]);
    expect(readFortioResult(log(wrong.slice(0, 200)), 'before.log').problems).toEqual([
      expect.stringMatching(/^before\.log:\d+:\d+: the JSON ends too early: /),
    ]);
  });
});

describe('what is no result of fortio', () => {
  test.each([
    ['', 'before.json: the file is empty: give the file that `fortio load -json FILE` wrote'],
    [' \n', 'before.json: the file is empty: give the file that `fortio load -json FILE` wrote'],
    [
      '{\n "a": 1,\n "b": [1, 2',
      'before.json:3:12: the JSON ends too early: the file is cut off; run fortio again, or copy the whole file',
    ],
    ['{\n "a": tru}', "before.json:2:7: 'tru}' is no JSON: give the file that `fortio load -json FILE` wrote"],
    [
      'Fortio 1.68.2 running at 100 queries',
      "before.json:1:1: 'Fortio 1.68.2 runnin' is no JSON: give the file that `fortio load -json FILE` wrote",
    ],
    [
      '{"DurationHistogram": null, "message": "aborting", "exception": "lookup x: no such host", "error": true}',
      "before.json:1:23: the run failed before it began, fortio says 'aborting: lookup x: no such host': mend that and run it again",
    ],
    ['[]', 'before.json: this is no result of fortio, DurationHistogram is missing: give the file that `fortio load -json FILE` wrote'],
    ['null', 'before.json: this is no result of fortio, DurationHistogram is missing: give the file that `fortio load -json FILE` wrote'],
    [
      '{"a": 1}',
      'before.json: this is no result of fortio, DurationHistogram is missing: give the file that `fortio load -json FILE` wrote',
    ],
  ])('%j', (text, problem) => {
    expect(readFortioResult(text, 'before.json')).toEqual({ problems: [problem] });
  });

  test('every truncation of a result has a problem, with a place', () => {
    const text = JSON.stringify(fortioJson(), null, 2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
        const { result, problems } = readFortioResult(text.slice(0, length), 'before.json');
        expect(result).toBeUndefined();
        expect(problems).toEqual([expect.stringMatching(/^before\.json:\d+:\d+: .*(ends too early|is no JSON)/)]);
      }),
    );
  });

  test('no JSON whatsoever makes it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(fortioJson()), 'none'), (value, field) => {
        const { result, problems } = readFortioResult(JSON.stringify({ ...fortioJson(), [field]: value }), 'a');
        expect(result === undefined).toBe(problems.length > 0);
      }),
    );
  });

  test('all fields that are wrong are named, with their places', () => {
    const wrong = { ActualQPS: 'fast', NumThreads: 0, RequestedQPS: '-1', RetCodes: { '200': 1.5 }, RunType: undefined, Labels: 7 };
    expect(problemsOf(fortioJson(wrong))).toEqual([
      "before.json:54:10: RetCodes['200'] is '1.5': fortio writes a whole number of 0 or more",
      'before.json: RunType is missing: fortio writes a text',
      "before.json:2:12: Labels is '7': fortio writes a text",
      "before.json:4:18: RequestedQPS is '-1': fortio writes a number above 0 or 'max'",
      "before.json:6:15: ActualQPS is 'fast': fortio writes a number above 0",
      "before.json:8:16: NumThreads is '0': fortio writes a number above 0",
    ]);
  });

  const histogram = fortioJson()['DurationHistogram'] as object;
  test.each([
    [{ Count: 0, Data: [] }, 'before.json:12:12: the run has no requests: run it again, and for longer'],
    [
      { Count: 99 },
      "before.json:12:12: DurationHistogram.Count is '99', and its buckets hold 100 requests: the file was changed or is incomplete",
    ],
    [
      {
        Count: 2,
        Data: [
          { Start: 3, End: 4, Count: 1 },
          { Start: 1, End: 2, Count: 1 },
        ],
      },
      "before.json:18:11: DurationHistogram.Data has the bucket '1 to 2': buckets have to ascend from 0 on and may not overlap",
    ],
    [{ Min: 2, Max: 1 }, "before.json:13:10: DurationHistogram has Min '2' and Max '1': neither may be below 0, nor Max below Min"],
    [{ Avg: null }, 'before.json:16:10: DurationHistogram.Avg is missing: fortio writes a number'],
  ])('a histogram that contradicts itself: %j', (changes, problem) => {
    expect(problemsOf(fortioJson({ DurationHistogram: { ...histogram, ...changes } }))).toEqual([problem]);
  });
});
