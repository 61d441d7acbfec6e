import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { MeshPlatform, ModelRouting } from '../../lib/index';
import { labelHolders, wasDirect } from '../routing/behaviour';
import { DataPlane, PLACEMENT, PODS } from '../routing/data-plane';
import { INPUT } from '../routing/input';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { type LoadResult, load } from '../servers/fortio';

const MODEL = 'iris';
const ROUNDS = Number(process.env['E2E_ROUNDS'] ?? 1);
// E2E_LOAD="1x60" is the load test of the guide: one connection, 60 seconds.
const [CONNECTIONS, SECONDS] = (process.env['E2E_LOAD'] ?? '4x3').split('x').map(Number) as [number, number];
const LOAD = { requestsPerSecond: 100, connections: CONNECTIONS, seconds: SECONDS };
/** Where fortio's own results are kept, one for each strategy and round. */
const RESULTS = process.env['E2E_LATENCY_RESULTS'];

interface Case {
  name: string;
  routing(): ModelRouting;
  /** Whether the pods that a round of requests entered by are those of this strategy and not of the one before. */
  isInForce(entered: Set<string | undefined>): boolean;
}

/** Those to compare with `any`. */
const STRATEGIES = process.env['E2E_STRATEGIES']?.split(',');
const HOLDERS = new Set<string | undefined>(PLACEMENT[MODEL]);
const BEFORE: Case = { name: 'any', routing: () => ModelRouting.any(), isInForce: ({ size }) => size === Object.keys(PODS).length };
const AFTER: Case[] = [
  {
    name: 'holderFirst',
    routing: () => ModelRouting.holderFirst(),
    isInForce: (entered) => [...entered].every((pod) => HOLDERS.has(pod)),
  },
  { name: 'runtimeSubset', routing: () => ModelRouting.runtimeSubset(), isInForce: ({ size }) => size === 2 },
  { name: 'consistentHash', routing: () => ModelRouting.consistentHash(), isInForce: ({ size }) => size === 1 },
];

interface Measured extends LoadResult {
  /** The part of the requests whose first pod held the model. */
  firstHop: number;
}

describeWithDataPlane('How long requests take by strategy, as fortio measures them', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    await labelHolders(plane);
  });
  afterAll(() => plane?.stop());

  /** JSON requests for one model, which one of the four pods holds. */
  const measure = async ({ name, routing, isInForce }: Case, round: number): Promise<Measured> => {
    await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: routing() });
    await eventually(async () => {
      const answers = await plane.client.inferTimes(MODEL, 24);
      expect(isInForce(new Set(answers.map(({ entered }) => entered)))).toBe(true);
    });
    const options = { program: programs.fortio, url: `http://127.0.0.1:8008/v2/models/${MODEL}/infer`, headers: { model: MODEL } };
    const payload = { contentType: 'application/json', payload: JSON.stringify(INPUT) };
    // The first requests after a change open connections.
    await load(plane.cluster.host, { ...options, ...payload, ...LOAD, seconds: 1 });
    const resultFile = RESULTS === undefined ? undefined : path.resolve(RESULTS, `${name}-${round}.json`);
    const result = await load(plane.cluster.host, { ...options, ...payload, ...LOAD, label: name, resultFile });
    const answers = await plane.client.inferTimes(MODEL, 40);
    return { ...result, firstHop: answers.filter(wasDirect).length / answers.length };
  };

  test('before and after', async () => {
    if (RESULTS !== undefined) mkdirSync(RESULTS, { recursive: true });
    const table: Record<string, Record<string, string>> = {};
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = await measure(BEFORE, round);
      for (const strategy of [BEFORE, ...AFTER.filter(({ name }) => STRATEGIES?.includes(name) ?? true)]) {
        const { name } = strategy;
        const after = strategy === BEFORE ? before : await measure(strategy, round);
        expect(Object.keys(after.statuses)).toEqual(['200']);
        const ratio = (key: 'p50' | 'p90' | 'p99') => `${after[key].toFixed(2)} ms (${(before[key] / after[key]).toFixed(2)})`;
        table[`${name} ${round}`] = { 'first hop': after.firstHop.toFixed(2), p50: ratio('p50'), p90: ratio('p90'), p99: ratio('p99') };
      }
    }
    const lines = Object.entries(table).map(([name, row]) => [name, ...Object.values(row)].map((cell) => cell.padEnd(20)).join(''));
    const title = `${LOAD.requestsPerSecond} requests a second for a model on one of ${Object.keys(PODS).length} pods; in parentheses before/after`;
    process.stderr.write(`${[title, ...lines].join('\n')}\n`);
  });
});
