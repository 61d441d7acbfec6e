import { GatewayApiRouteKind, MeshPlatform, ModelRouting } from '../../lib/index';
import { killUnderLoad, settled, testAnswers, wasInFlight } from '../routing/behaviour';
import { DataPlane } from '../routing/data-plane';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE, MODEL_NAMES, MODELS, type ModelName } from '../routing/routed-mesh';

const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });

describeWithDataPlane('Routing by the Gateway API through a real Envoy that a real istiod configures', (programs) => {
  let plane: DataPlane;
  const inRuntime = (model: ModelName) => plane.pods.of(MODELS[model].runtime);
  beforeAll(async () => {
    // As the class makes it: a pod and a Service named after the Gateway.
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'grpc-gateway' };
    const name = 'grpc-gateway-istio';
    plane = await DataPlane.start(programs, { gatewayPod: { name, serviceName: name, namespace: MESH_NAMESPACE, labels } });
  });
  afterAll(() => plane?.stop());

  describe.each([GatewayApiRouteKind.GRPC_ROUTE, GatewayApiRouteKind.HTTP_ROUTE])('with %s', (routeKind) => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.gatewayApi({ routeKind }) });
      for (const model of MODEL_NAMES) await settled(plane, model, ({ entered }) => inRuntime(model).includes(entered!));
    });

    testAnswers(() => plane, { json: false });

    test.each(MODEL_NAMES)('every request for %s meets a pod of its runtime', async (model) => {
      const answers = await plane.client.inferTimes(model, 30);
      expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(inRuntime(model)));
    });

    test('nothing but the inference API passes', async () => {
      const answers = await Promise.all([
        plane.client.grpc({ path: '/mmesh.ModelMesh/setVModel', header: 'iris', body: 'iris' }),
        plane.client.json({ path: '/v2/models/iris/infer', header: 'iris', body: {} }),
      ]);
      expect(answers.map(({ entered }) => entered)).toEqual([undefined, undefined]);
    });

    test('a header that names another model costs a hop at most: the message decides', async () => {
      const answer = await plane.client.grpc({ header: 'iris', body: 'resnet' });
      expect(answer).toMatchObject({ grpcStatus: 0, ran: 'resnet', modelName: 'resnet' });
      expect(inRuntime('iris')).toContain(answer.entered);
    });

    test('a dead pod that is still listed costs the request that it worked on, and no other', async () => {
      const { failed } = await killUnderLoad(plane, 'resnet', 'triton-c5w8z');
      expect(failed.filter((answer) => !wasInFlight(answer))).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(1);
    });
  });
});
