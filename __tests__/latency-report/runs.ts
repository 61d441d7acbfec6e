import { type FortioResult, readFortioResult } from '../../lib/latency-report/fortio-result';

/** The JSON that fortio writes of an HTTP run, as far as it is read. */
export function fortioJson(changes: { readonly [field: string]: unknown } = {}): { [field: string]: unknown } {
  return {
    RunType: 'HTTP',
    Labels: 'before',
    StartTime: '2026-11-23T08:00:00Z',
    RequestedQPS: '100',
    RequestedDuration: '1s',
    ActualQPS: 99.9,
    ActualDuration: 1001000000,
    NumThreads: 1,
    Version: '1.68.2',
    DurationHistogram: {
      Count: 100,
      Min: 0.0011,
      Max: 0.0034,
      Sum: 0.2,
      Avg: 0.002,
      StdDev: 0.0004,
      Data: [
        { Start: 0.0011, End: 0.002, Percent: 60, Count: 60 },
        { Start: 0.002, End: 0.003, Percent: 90, Count: 30 },
        { Start: 0.003, End: 0.0034, Percent: 100, Count: 10 },
      ],
      Percentiles: [{ Percentile: 50, Value: 0.00185 }],
    },
    ErrorsDurationHistogram: { Count: 0, Min: 0, Max: 0, Sum: 0, Avg: 0, StdDev: 0, Data: null },
    RetCodes: { '200': 100 },
    URL: 'http://localhost:8008/v2/models/iris/infer',
    Sizes: { Count: 100, Min: 300, Max: 300, Sum: 30000, Avg: 300, StdDev: 0, Data: [] },
    Sockets: [1],
    SocketCount: 1,
    ...changes,
  };
}

/** A run that reads without problems. */
export function fortioResult(changes: { readonly [field: string]: unknown } = {}, file = 'before.json'): FortioResult {
  const { result, problems } = readFortioResult(JSON.stringify(fortioJson(changes)), file);
  if (result === undefined) throw new Error(problems.join('\n'));
  return result;
}
