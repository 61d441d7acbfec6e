import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type LoadResult, load } from '../servers/fortio';
import type { ServerHost } from '../servers/server-host';
import { wasDirect } from './behaviour';
import { PODS } from './data-plane';
import type { InferenceClient } from './inference-client';
import { INPUT } from './input';
import type { ModelName } from './routed-mesh';

export const ROUNDS = Number(process.env['E2E_ROUNDS'] ?? 1);
// E2E_LOAD="1x60" is the load test of the guide: one connection, 60 seconds.
const [CONNECTIONS, SECONDS] = (process.env['E2E_LOAD'] ?? '4x3').split('x').map(Number) as [number, number];
const LOAD = { requestsPerSecond: 100, connections: CONNECTIONS, seconds: SECONDS };
/** Where fortio's own results are kept, one for each strategy and round. */
const RESULTS = process.env['E2E_LATENCY_RESULTS'];

export interface Latency extends LoadResult {
  /** The part of the requests whose first pod held the model. */
  firstHop: number;
}

export interface LatencyRun {
  /** Fortio. */
  program: string;
  /** Of the gateway. */
  url: string;
  client: InferenceClient;
  model: ModelName;
  /** What is measured. */
  name: string;
  round: number;
}

/** JSON requests for one model. All of them have to be answered. */
export async function measureLatency(host: ServerHost, { program, url, client, model, name, round }: LatencyRun): Promise<Latency> {
  const options = {
    program,
    url: `${url}/v2/models/${model}/infer`,
    headers: { model },
    contentType: 'application/json',
    payload: JSON.stringify(INPUT),
  };
  // The first requests after a change open connections.
  await load(host, { ...options, ...LOAD, seconds: 1 });
  if (RESULTS !== undefined) mkdirSync(RESULTS, { recursive: true });
  const resultFile = RESULTS === undefined ? undefined : path.resolve(RESULTS, `${name}-${round}.json`);
  const result = await load(host, { ...options, ...LOAD, label: name, resultFile });
  expect(Object.keys(result.statuses)).toEqual(['200']);
  const answers = await client.inferTimes(model, 40);
  return { ...result, firstHop: answers.filter(wasDirect).length / answers.length };
}

/** Latencies beside those of the same round before. */
export class LatencyTable {
  private readonly lines: string[] = [];

  public add(name: string, round: number, before: Latency, after: Latency): void {
    const ratio = (key: 'p50' | 'p90' | 'p99') => `${after[key].toFixed(2)} ms (${(before[key] / after[key]).toFixed(2)})`;
    const cells = [`${name} ${round}`, after.firstHop.toFixed(2), ratio('p50'), ratio('p90'), ratio('p99')];
    this.lines.push(cells.map((cell) => cell.padEnd(20)).join(''));
  }

  public print(): void {
    const title = `${LOAD.requestsPerSecond} requests a second for a model on one of ${Object.keys(PODS).length} pods: first hop, p50, p90, p99; in parentheses before/after`;
    process.stderr.write(`${[title, ...this.lines].join('\n')}\n`);
  }
}
