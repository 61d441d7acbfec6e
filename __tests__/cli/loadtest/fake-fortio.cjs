#!/usr/bin/env node
// Stands in for fortio: it sends nothing and writes a result of its form. FAKE_RESULT overrides fields of it, FAKE_FAILURE is the last word of a
// run that does not begin, and with FAKE_ENDLESS it goes on until it is interrupted. FAKE_CALLS is a file that gets the arguments of each run.
'use strict';
const { appendFileSync, readFileSync } = require('node:fs');

const [command, ...args] = process.argv.slice(2);
const { FAKE_RESULT = '{}', FAKE_FAILURE, FAKE_ENDLESS, FAKE_CALLS } = process.env;
if (command === 'version') {
  process.stdout.write('1.68.2\n');
} else {
  const after = (flag) => args[args.indexOf(flag) + 1];
  const payload = readFileSync(after('-payload-file'), 'utf8');
  appendFileSync(FAKE_CALLS, `${JSON.stringify({ args, payload })}\n`);
  if (FAKE_FAILURE !== undefined) {
    process.stderr.write(`some log\n${FAKE_FAILURE}\n`);
    process.exitCode = 1;
  } else if (FAKE_ENDLESS !== undefined) {
    setInterval(() => undefined, 1000);
    process.once('SIGINT', () => finish());
    process.stderr.write('under way\n');
  } else finish();

  function finish() {
    const qps = Number(after('-qps'));
    const count = Math.round(qps * 60);
    const result = {
      RunType: 'HTTP',
      Labels: after('-labels'),
      RequestedQPS: String(qps),
      ActualQPS: qps,
      ActualDuration: 60e9,
      NumThreads: Number(after('-c')),
      Version: '1.68.2',
      DurationHistogram: {
        ...{ Count: count, Min: 0.001, Max: 0.004, Sum: 0.002 * count, Avg: 0.002, StdDev: 0.0005 },
        Data: [{ Start: 0.001, End: 0.004, Percent: 100, Count: count }],
        Percentiles: [50, 90, 99].map((Percentile) => ({ Percentile, Value: Percentile / 10_000 })),
      },
      ErrorsDurationHistogram: { Count: 0, Min: 0, Max: 0, Sum: 0, Avg: 0, StdDev: 0, Data: null },
      RetCodes: { 200: count },
      SocketCount: Number(after('-c')),
      Sockets: [1],
      Sizes: { Count: count, Min: 156, Max: 158, Sum: 157 * count, Avg: 157, StdDev: 1, Data: [] },
      URL: args.at(-1),
      ...JSON.parse(FAKE_RESULT),
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`, () => process.exit(0));
  }
}
