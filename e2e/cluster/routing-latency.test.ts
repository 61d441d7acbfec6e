import { MeshPlatform, ModelRouting } from '../../lib/index';
import { labelHolders } from '../routing/behaviour';
import { DataPlane, PLACEMENT, PODS } from '../routing/data-plane';
import { LatencyTable, measureLatency, ROUNDS } from '../routing/latency';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';

const MODEL = 'iris';
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

describeWithDataPlane('How long requests take by strategy, as fortio measures them', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    await labelHolders(plane);
  });
  afterAll(() => plane?.stop());

  /** JSON requests for one model, which one of the four pods holds. */
  const measure = async ({ name, routing, isInForce }: Case, round: number) => {
    await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: routing() });
    await eventually(async () => {
      const answers = await plane.client.inferTimes(MODEL, 24);
      expect(isInForce(new Set(answers.map(({ entered }) => entered)))).toBe(true);
    });
    const url = 'http://127.0.0.1:8008';
    return measureLatency(plane.cluster.host, { program: programs.fortio, url, client: plane.client, model: MODEL, name, round });
  };

  test('before and after', async () => {
    const table = new LatencyTable();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = await measure(BEFORE, round);
      table.add(BEFORE.name, round, before, before);
      for (const strategy of AFTER.filter(({ name }) => STRATEGIES?.includes(name) ?? true)) {
        table.add(strategy.name, round, before, await measure(strategy, round));
      }
    }
    table.print();
  });
});
