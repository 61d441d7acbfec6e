import path from 'node:path';
import { ModelRouting } from '../../lib/index';
import { asmEquivalent, writeEndpoints } from '../routing/asm-equivalent';
import { DataPlane } from '../routing/data-plane';
import { InferenceClient } from '../routing/inference-client';
import { LatencyTable, measureLatency, ROUNDS } from '../routing/latency';
import { describeWithDataPlane } from '../routing/programs';
import { routedMesh } from '../routing/routed-mesh';
import { Envoy } from '../servers/envoy';

const MODEL = 'iris';
const KEY = 'modelmesh.asm.alibabacloud.com';

describeWithDataPlane('How long requests take by round robin and by dynamic subsets, in Envoys that differ in nothing else', (programs) => {
  let plane: DataPlane;
  const gateways = new Map<string, { url: string; client: InferenceClient }>();

  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    const { host } = plane.cluster;
    const manifests = routedMesh(host.folder, { routing: ModelRouting.asmDynamicSubset() }).map(({ object }) => object);
    const endpointsFile = path.join(host.folder, 'latency-endpoints.json');
    writeEndpoints(endpointsFile, plane.pods.addresses, KEY, (pod) => plane.pods.registry.heldBy(pod));
    for (const [name, hasSubsets] of [
      ['round-robin', false],
      ['dynamic-subset', true],
    ] as const) {
      const port = await host.findPort();
      (await Envoy.run(host, programs.envoy, name, asmEquivalent(manifests, { port, endpointsFile, hasSubsets }))).close();
      gateways.set(name, { url: `http://127.0.0.1:${port}`, client: new InferenceClient(await host.openSocketTo(port)) });
    }
  });
  afterAll(async () => {
    for (const { client } of gateways.values()) client.close();
    await plane?.stop();
  });

  test('before and after', async () => {
    const table = new LatencyTable();
    const measure = (name: string, round: number) =>
      measureLatency(plane.cluster.host, { program: programs.fortio, model: MODEL, name, round, ...gateways.get(name)! });
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = await measure('round-robin', round);
      const after = await measure('dynamic-subset', round);
      table.add('round-robin', round, before, before);
      table.add('dynamic-subset', round, before, after);
      // One of four pods holds the model.
      expect(before.firstHop).toBeLessThan(0.5);
      expect(after.firstHop).toBe(1);
    }
    table.print();
  });
});
