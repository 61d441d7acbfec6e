import { ModelRouting, SubsetFallback } from '../../lib/index';
import { asmEquivalent } from '../routing/asm-equivalent';
import { wasDirect } from '../routing/behaviour';
import { DataPlane, PLACEMENT } from '../routing/data-plane';
import { InferenceClient } from '../routing/inference-client';
import { describeWithDataPlane } from '../routing/programs';
import { MODEL_NAMES, routedMesh } from '../routing/routed-mesh';
import { Envoy } from '../servers/envoy';

describeWithDataPlane("Envoy with what ASM's dynamic subsets stand for, by our own reading", (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
  });
  afterAll(() => plane?.stop());

  describe.each([SubsetFallback.ANY_ENDPOINT, SubsetFallback.NO_FALLBACK])('ModelRouting.asmDynamicSubset() with %s', (fallback) => {
    let client: InferenceClient;
    beforeAll(async () => {
      await plane.reset();
      const { host } = plane.cluster;
      const manifests = routedMesh(host.folder, { routing: ModelRouting.asmDynamicSubset({ fallback }) }).map(({ object }) => object);
      const port = await host.findPort();
      const configuration = asmEquivalent(manifests, port, (pod) => plane.pods.registry.heldBy(pod));
      (await Envoy.run(host, programs.envoy, `envoy-${fallback}`, configuration)).close();
      client = new InferenceClient(await host.openSocketTo(port));
    });
    afterAll(() => client?.close());

    test('every request meets a holder first', async () => {
      for (const model of MODEL_NAMES.filter((name) => PLACEMENT[name].length > 0)) {
        const answers = await client.inferTimes(model, 50);
        expect(answers.filter((answer) => answer.ran !== model || !wasDirect(answer))).toEqual([]);
        expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT[model]));
        expect(answers.filter(({ saw }) => saw['mm-balanced'] !== 'true')).toEqual([]);
      }
    });

    test('a model that no pod holds is for any pod, or for none', async () => {
      plane.pods.registry.place('fraud', []);
      const answer = await client.infer('fraud');
      if (fallback === SubsetFallback.ANY_ENDPOINT) expect(answer).toMatchObject({ grpcStatus: 0, ran: 'fraud', loaded: true });
      else expect(answer).toMatchObject({ grpcStatus: 14, message: 'no healthy upstream' });
    });

    test('while the only holder is dead and still listed every request for its models fails', async () => {
      await plane.pods.kill('mlserver-b7m9q');
      const answers = await client.inferTimes('iris', 20);
      expect(answers.filter(({ grpcStatus }) => grpcStatus === 0)).toEqual([]);
      expect(await client.infer('resnet')).toMatchObject({ grpcStatus: 0, ran: 'resnet' });
    });
  });
});
