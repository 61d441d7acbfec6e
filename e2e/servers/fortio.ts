import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runToItsEnd } from './finished-command';
import type { ServerHost } from './server-host';

export interface LoadOptions {
  program: string;
  url: string;
  headers: Record<string, string>;
  contentType: string;
  payload: string | Buffer;
  /** Whether it speaks HTTP/2, without TLS. */
  http2?: boolean;
  requestsPerSecond: number;
  connections: number;
  seconds: number;
  /** What the result calls the run. @default - fortio's own, which names hosts */
  label?: string;
  /** Where fortio's own result is kept. @default - in the scratch folder of the host */
  resultFile?: string;
}

/** What fortio measured. Times are in milliseconds, and those of errors are among them. */
export interface LoadResult {
  /** How often each status came; -1 where none did. */
  statuses: Record<string, number>;
  requestsPerSecond: number;
  p50: number;
  p90: number;
  p99: number;
}

interface FortioReport {
  RetCodes: Record<string, number>;
  ActualQPS: number;
  DurationHistogram: { Percentiles: { Percentile: number; Value: number }[] };
}

/** Sends requests at a steady rate, from inside the servers' network. */
export async function load(host: ServerHost, options: LoadOptions): Promise<LoadResult> {
  const [payload, report] = [path.join(host.folder, 'fortio.payload'), options.resultFile ?? path.join(host.folder, 'fortio.json')];
  writeFileSync(payload, options.payload);
  const args = [
    'load',
    '-quiet',
    ...(options.http2 ? ['-stdclient', '-h2'] : []),
    `-qps=${options.requestsPerSecond}`,
    `-c=${options.connections}`,
    `-t=${options.seconds}s`,
    '-uniform',
    // Its own resolution of a millisecond is coarser than the differences.
    '-r=0.0001',
    '-p=50,75,90,99,99.9',
    ...(options.label === undefined ? [] : [`-labels=${options.label}`]),
    `-json=${report}`,
    `-payload-file=${payload}`,
    `-content-type=${options.contentType}`,
    ...Object.entries(options.headers).map(([name, value]) => `-H=${name}: ${value}`),
    options.url,
  ];
  const { exitCode, stderr } = await runToItsEnd(host, { name: 'fortio', command: options.program, args });
  if (exitCode !== 0) throw new Error(`fortio ended with exit code ${exitCode}:\n${stderr.slice(-2000)}`);
  const { RetCodes, ActualQPS, DurationHistogram } = JSON.parse(readFileSync(report, 'utf8')) as FortioReport;
  const percentile = (wanted: number) => 1000 * DurationHistogram.Percentiles.find(({ Percentile }) => Percentile === wanted)!.Value;
  return { statuses: RetCodes, requestsPerSecond: ActualQPS, p50: percentile(50), p90: percentile(90), p99: percentile(99) };
}
