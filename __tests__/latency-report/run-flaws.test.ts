import { differencesOf, flawsOf } from '../../lib/latency-report/run-flaws';
import { fortioResult } from './runs';

describe('a run that is no result', () => {
  test.each([
    [
      { '200': 97, '503': 2, '-1': 1 },
      '3 requests of 100 failed, 3 % (2 with 503, 1 without a status): how long errors took is among the latencies',
    ],
    [{ '404': 100 }, '100 requests of 100 failed, 100 % (100 with 404): how long errors took is among the latencies'],
  ])('errors: %j', (RetCodes, flaw) => {
    expect(flawsOf(fortioResult({ RetCodes }), 0)).toEqual([flaw]);
  });

  test('errors that only fortio knows of', () => {
    expect(flawsOf(fortioResult({ ErrorsDurationHistogram: { Count: 1 } }), 0)).toEqual([
      '1 request of 100 failed, 1 %: how long errors took is among the latencies',
    ]);
  });

  test('as many errors as are allowed are none', () => {
    const run = fortioResult({ RetCodes: { '200': 97, '503': 3 } });
    expect(flawsOf(run, 0.03)).toEqual([]);
    expect(flawsOf(run, 0.029)).toHaveLength(1);
  });

  test('a rate that was not reached', () => {
    expect(flawsOf(fortioResult({ ActualQPS: 26.2 }), 0)).toEqual([
      '26.2 requests a second were sent and 100 requests a second asked for: requests waited for those before them, and that is in no latency',
    ]);
    expect(flawsOf(fortioResult({ ActualQPS: 95 }), 0)).toEqual([]);
    expect(flawsOf(fortioResult({ ActualQPS: 26.2, RequestedQPS: 'max' }), 0)).toEqual([]);
  });
});

describe('connections', () => {
  test('more than threads', () => {
    expect(flawsOf(fortioResult({ SocketCount: 15, NumThreads: 4 }), 0)).toEqual([
      '15 connections were opened for 4 threads: fortio repeats a request whose connection broke, and that failure is in no count',
    ]);
  });

  test.each([
    ['one for each thread', { SocketCount: 4, NumThreads: 4 }],
    ['one for each request', { SocketCount: 100 }],
    ['a gRPC run', { SocketCount: undefined, Sockets: undefined }],
  ])('are sound: %s', (_, changes) => {
    expect(flawsOf(fortioResult(changes), 0)).toEqual([]);
  });
});

describe('what else differs', () => {
  test('between two runs, beside the routing', () => {
    const other = {
      RunType: 'GRPC Ping',
      RequestedQPS: 'max',
      NumThreads: 8,
      URL: 'http://localhost:8008/v2/models/mnist/infer',
      Version: undefined,
      Sizes: { Avg: 905.4 },
    };
    expect(differencesOf(fortioResult(), fortioResult(other))).toEqual([
      "the type of the run differs: 'HTTP' and 'GRPC Ping'",
      "the requested rate differs: '100' and 'max'",
      "the number of threads differs: '1' and '8'",
      "the URL differs: 'http://localhost:8008/v2/models/iris/infer' and 'http://localhost:8008/v2/models/mnist/infer'",
      "the version of fortio differs: '1.68.2' and 'unknown'",
      'the answers differ in size, 300 and 905 bytes on average: see that the same model gave the same answers',
    ]);
    expect(differencesOf(fortioResult(), fortioResult({ Sizes: { Avg: 315 } }))).toEqual([]);
  });
});
