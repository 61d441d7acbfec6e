import { MeshPlatform, ModelRouting } from '../../lib/index';
import { DataPlane, PLACEMENT } from '../routing/data-plane';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MODEL_NAMES } from '../routing/routed-mesh';

describeWithDataPlane('Routing through a real Envoy that a real istiod configures', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
  });
  afterAll(() => plane?.stop());

  describe('ModelRouting.any()', () => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.any() });
      await eventually(async () => expect(await plane.client.infer('iris')).toMatchObject({ grpcStatus: 0 }));
    });

    test('the model that was named answers', async () => {
      for (const model of MODEL_NAMES)
        expect(await plane.client.infer(model)).toMatchObject({ status: 200, grpcStatus: 0, ran: model, modelName: model });
    });

    test('any pod takes a request, whichever holds the model', async () => {
      const answers = await plane.client.inferTimes('iris', 40);
      const direct = answers.filter(({ forwardedBy }) => forwardedBy === undefined);
      expect(direct.length).toBeGreaterThan(4);
      expect(direct.length).toBeLessThan(20);
      expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT.iris));
    });

    test('an unknown model is not found', async () => {
      expect(await plane.client.infer('nosuch')).toMatchObject({ status: 200, grpcStatus: 5, message: 'vmodel not found: nosuch' });
    });
  });
});
