import { GatewayApiRouteKind, MeshPlatform, ModelRouting, UnknownModels } from '../../lib/index';
import { testAnalysis } from '../routing/analysis';
import { killUnderLoad, settled, testAnswers, wasInFlight } from '../routing/behaviour';
import { DataPlane } from '../routing/data-plane';
import { NOT_FOUND, testDoor } from '../routing/door';
import { INPUT } from '../routing/input';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE, MODEL_NAMES, MODELS, type ModelName, UNDECLARED_MODEL } from '../routing/routed-mesh';
import { complaintAbout, NAMED, OTHER, pathNamings } from '../routing/spoofing';

const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });
// As the class makes it: a pod and a Service named after the Gateway.
const GATEWAY_POD = {
  name: 'grpc-gateway-istio',
  serviceName: 'grpc-gateway-istio',
  namespace: MESH_NAMESPACE,
  labels: { 'gateway.networking.k8s.io/gateway-name': 'grpc-gateway' },
};

describeWithDataPlane('Routing by the Gateway API through a real Envoy that a real istiod configures', (programs) => {
  let plane: DataPlane;
  const inRuntime = (model: ModelName) => plane.pods.of(MODELS[model].runtime);
  beforeAll(async () => {
    plane = await DataPlane.start(programs, { gatewayPod: GATEWAY_POD });
  });
  afterAll(() => plane?.stop());
  afterEach(async () => expect(await plane.envoy.rejections()).toBe(0));

  describe.each([GatewayApiRouteKind.GRPC_ROUTE, GatewayApiRouteKind.HTTP_ROUTE])('with %s', (routeKind) => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.gatewayApi({ routeKind }) });
      for (const model of MODEL_NAMES) await settled(plane, model, ({ entered }) => inRuntime(model).includes(entered!));
    });

    testAnswers(() => plane, { json: false });
    testDoor(() => plane.client, NOT_FOUND, { json: false });
    testAnalysis(() => plane);

    test.each(MODEL_NAMES)('every request for %s meets a pod of its runtime', async (model) => {
      const answers = await plane.client.inferTimes(model, 30);
      expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(inRuntime(model)));
      expect(answers.filter(({ saw }) => 'mm-balanced' in saw)).toEqual([]);
    });

    test('JSON requests reach no pod', async () => {
      const answer = await plane.client.json({ path: '/v2/models/iris/infer', header: 'iris', body: INPUT });
      expect([answer.status, answer.entered]).toEqual([404, undefined]);
    });

    test('a header that names another model costs a hop at most: the message decides', async () => {
      const answer = await plane.client.grpc({ header: 'iris', body: 'resnet' });
      expect(answer).toMatchObject({ grpcStatus: 0, ran: 'resnet', modelName: 'resnet' });
      expect(inRuntime('iris')).toContain(answer.entered);
    });

    test('a header that stands twice goes by one of its values: the message decides', async () => {
      for (const header of [
        ['iris', 'resnet'],
        ['resnet', 'iris'],
      ]) {
        for (const body of header) {
          const answers = await Promise.all(Array.from({ length: 20 }, () => plane.client.grpc({ header, body })));
          expect(answers.filter(({ ran }) => ran !== body)).toEqual([]);
          // Envoy looks at each of the values, and takes the first route that has one of them.
          expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(inRuntime('iris')));
        }
      }
    });

    test('a dead pod that is still listed costs the request that it worked on, and no other', async () => {
      const { failed } = await killUnderLoad(plane, 'resnet', 'triton-c5w8z');
      expect(failed.filter((answer) => !wasInFlight(answer))).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(1);
    });
  });

  test.each([GatewayApiRouteKind.GRPC_ROUTE, GatewayApiRouteKind.HTTP_ROUTE])(
    'UnknownModels.NOT_FOUND with %s: the gateway itself answers for others',
    async (routeKind) => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.gatewayApi({ routeKind, unknownModels: UnknownModels.NOT_FOUND }) });
      await eventually(async () => expect((await plane.client.infer('nosuch')).entered).toBeUndefined());
      expect(await plane.client.infer('nosuch')).toMatchObject({ grpcStatus: 12 });
      expect(await plane.client.infer(UNDECLARED_MODEL)).toMatchObject({ grpcStatus: 12 });
      for (const model of MODEL_NAMES) expect(await plane.client.infer(model)).toMatchObject({ grpcStatus: 0, ran: model });
    },
  );

  describe('ModelRouting.any()', () => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.any() });
      await settled(plane, 'iris', () => true);
      await eventually(async () => {
        const answers = await plane.client.inferTimes('iris', 40);
        expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(plane.pods.names));
      });
    });

    testAnswers(() => plane, { json: false });
    testDoor(() => plane.client, NOT_FOUND, { json: false });
    testAnalysis(() => plane);
  });
});

describeWithDataPlane("HTTPRoutes to ModelMesh's REST proxy through a real Envoy that a real istiod configures", (programs) => {
  const PORT = 9008;
  let plane: DataPlane;
  const inRuntime = (model: ModelName) => plane.pods.of(MODELS[model].runtime);
  const infer = (path: string, header?: string) => plane.client.json({ path, header, body: INPUT });
  const deploy = (unknownModels: UnknownModels) =>
    plane.deploy({
      platform,
      port: PORT,
      routing: ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE, restProxy: true, unknownModels }),
    });
  beforeAll(async () => {
    plane = await DataPlane.start(programs, { gatewayPod: GATEWAY_POD, port: PORT, hasRestProxy: true });
    await plane.reset();
    await deploy(UnknownModels.ANY_ENDPOINT);
    for (const model of MODEL_NAMES) {
      await settled(plane, model, ({ entered }) => inRuntime(model).includes(entered!));
      await eventually(async () => expect(inRuntime(model)).toContain((await infer(`/v2/models/${model}/infer`)).entered));
    }
  });
  afterAll(() => plane?.stop());

  testAnswers(() => plane, { json: false });
  testDoor(() => plane.client, NOT_FOUND);
  testAnalysis(() => plane);

  test.each(MODEL_NAMES)('every JSON request for %s meets a pod of its runtime, by its path', async (model) => {
    const outputs = [{ name: 'predict', datatype: 'INT64', shape: [1], data: [7] }];
    const entered = new Set<string | undefined>();
    for (let count = 0; count < 20; count += 1) {
      const answer = await infer(`/v2/models/${model}/infer`);
      expect([answer.status, answer.ran, JSON.parse(answer.text)]).toEqual([200, model, { model_name: model, outputs }]);
      entered.add(answer.entered);
    }
    expect(entered).toEqual(new Set(inRuntime(model)));
  });

  test('the metadata of a model', async () => {
    const answer = await plane.client.json({ method: 'GET', path: '/v2/models/iris' });
    expect([answer.status, answer.ran, JSON.parse(answer.text)]).toEqual([200, 'iris', { name: 'iris' }]);
  });

  test('a header that names another model changes nothing', async () => {
    const answer = await infer(`/v2/models/${NAMED}/infer`, OTHER);
    expect(answer).toMatchObject({ status: 200, ran: NAMED });
    expect(inRuntime(NAMED)).toContain(answer.entered);
  });

  test('paths that readers may take for different models are served by the one that they name, or refused', async () => {
    const namings = pathNamings().filter(({ title }) => title.endsWith('header none'));
    expect(namings.length).toBeGreaterThan(20);
    const complaints: string[] = [];
    for (const naming of namings)
      complaints.push(...[complaintAbout({ ...naming, mayBeRefused: true }, await naming.send(plane.client)) ?? []].flat());
    expect(complaints).toEqual([]);
  });

  test('unknown models: ModelMesh answers, or the gateway itself', async () => {
    expect(await infer('/v2/models/nosuch/infer')).toMatchObject({ status: 404, entered: expect.stringMatching(/./) as string });
    expect(await infer(`/v2/models/${UNDECLARED_MODEL}/infer`)).toMatchObject({ status: 200, ran: UNDECLARED_MODEL });
    await deploy(UnknownModels.NOT_FOUND);
    await eventually(async () => expect((await infer('/v2/models/nosuch/infer')).entered).toBeUndefined());
    expect(await infer('/v2/models/nosuch/infer')).toMatchObject({ status: 404 });
    expect((await infer(`/v2/models/${UNDECLARED_MODEL}/infer`)).entered).toBeUndefined();
    expect(await infer('/v2/models/iris/infer')).toMatchObject({ status: 200, ran: 'iris' });
  });
});
