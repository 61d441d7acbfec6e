import { Duration } from 'cdk8s';
import { GatewayApiRouteKind, type InferenceGatewayProps, MeshPlatform, ModelRouting, RetryCondition } from '../../lib/index';
import { labelHolders } from '../routing/behaviour';
import { DataPlane } from '../routing/data-plane';
import type { InferenceAnswer } from '../routing/inference-client';
import { INPUT } from '../routing/input';
import type { Refusal } from '../routing/model-registry';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE, MODEL_NAMES } from '../routing/routed-mesh';

const platform = MeshPlatform.istio('1.24');
const REQUEST_MILLIS = 1_500;
const LOAD_MILLIS = 5_000;
/** Two models that load slowly, of which one has a time of its own. */
const SLOW = 'wine';
const PATIENT = 'fraud';
const TIMES = {
  requestTimeout: Duration.millis(REQUEST_MILLIS),
  modelTimeouts: { [PATIENT]: Duration.seconds(60) },
};

interface Timed {
  answer: InferenceAnswer;
  millis: number;
}

async function timed(request: Promise<InferenceAnswer>): Promise<Timed> {
  const start = performance.now();
  const answer = await request;
  return { answer, millis: performance.now() - start };
}

/** The tests of `requestTimeout` and `modelTimeouts`, whatever the strategy. */
function testTimes(plane: () => DataPlane, { json }: { json: boolean }): void {
  const infer = (model: string) =>
    json ? plane().client.json({ path: `/v2/models/${model}/infer`, body: INPUT }) : plane().client.grpc({ header: model, body: model });

  const othersAreServed = async () => {
    // One of the same runtime, and one of another.
    for (const model of ['iris', 'bert']) {
      const answers = await plane().client.inferTimes(model, 10);
      expect(answers.filter(({ ran }) => ran !== model)).toEqual([]);
    }
  };

  test('a model that loads for longer than requestTimeout: the request ends with it, and others are served meanwhile', async () => {
    plane().pods.registry.place(SLOW, []);
    const slow = timed(infer(SLOW));
    await othersAreServed();
    const { answer, millis } = await slow;
    // Envoy makes UNAVAILABLE of 504 for callers of gRPC, and not DEADLINE_EXCEEDED.
    if (json) expect(answer.status).toBe(504);
    else expect(answer).toMatchObject({ grpcStatus: 14, message: 'upstream request timeout' });
    expect(answer.ran).toBeUndefined();
    expect(millis).toBeGreaterThanOrEqual(REQUEST_MILLIS - 50);
    expect(millis).toBeLessThan(LOAD_MILLIS - 500);
    // The load goes on without the caller.
    await eventually(async () => expect(await infer(SLOW)).toMatchObject({ ran: SLOW, loaded: false }));
    // Neither do pods on which requests have timed out stay away from others.
    await othersAreServed();
  });

  test('a model with a time of its own has that time', async () => {
    plane().pods.registry.place(PATIENT, []);
    const { answer, millis } = await timed(infer(PATIENT));
    expect(answer).toMatchObject({ ran: PATIENT, loaded: true });
    expect(millis).toBeGreaterThanOrEqual(LOAD_MILLIS - 50);
  });
}

describeWithDataPlane('Times, retries and sizes at a real gateway of Istio', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs, { loadMillis: { [SLOW]: LOAD_MILLIS, [PATIENT]: LOAD_MILLIS } });
    await plane.reset();
    await labelHolders(plane);
  });
  afterAll(() => plane?.stop());

  const deploy = (gateway: Omit<InferenceGatewayProps, 'mesh'>) => plane.deploy(gateway);
  /** Waits until Envoy has a word that only the configuration of now has. */
  const untilEnvoyHas = (text: string) => eventually(async () => expect(await plane.envoy.configuration()).toContain(text));

  describe.each<[string, ModelRouting]>([
    ['any', ModelRouting.any()],
    ['holderFirst', ModelRouting.holderFirst()],
    ['runtimeSubset', ModelRouting.runtimeSubset()],
    ['consistentHash', ModelRouting.consistentHash()],
    ['consistentHash within runtimes', ModelRouting.consistentHash({ withinRuntimes: true })],
  ])('requestTimeout and modelTimeouts of ModelRouting.%s()', (name, routing) => {
    beforeAll(async () => {
      const virtualServiceName = `times-of-${name.replaceAll(/[^a-zA-Z]/g, '-').toLowerCase()}`;
      await deploy({ platform, routing, virtualServiceName, ...TIMES });
      await untilEnvoyHas(virtualServiceName);
      for (const model of MODEL_NAMES.filter((model) => model !== SLOW && model !== PATIENT))
        await eventually(async () => expect(await plane.client.infer(model)).toMatchObject({ ran: model }));
    });

    describe('JSON', () => testTimes(() => plane, { json: true }));
    describe('gRPC', () => testTimes(() => plane, { json: false }));
  });

  describe.each<[string, ModelRouting]>([
    ['any', ModelRouting.any()],
    // A pod that was found out comes back soon, for the next test.
    ['holderFirst', ModelRouting.holderFirst({ ejectionSeconds: 1 })],
    ['runtimeSubset', ModelRouting.runtimeSubset()],
  ])('retries of ModelRouting.%s()', (name, routing) => {
    // The pod that holds the model, with a second one that could. Without retries its share of the requests fails, or all of them until it is
    // found out.
    const failuresOf = async (refusal: Refusal): Promise<number> => {
      plane.pods.registry.setRefusal('triton-c5w8z', refusal);
      const answers = await plane.client.inferTimes('resnet', 24);
      plane.pods.registry.setRefusal('triton-c5w8z', undefined);
      return answers.filter(({ ran }) => ran !== 'resnet').length;
    };
    const deployWith = async (title: string, retries: InferenceGatewayProps['retries']) => {
      const virtualServiceName = `retries-${title}-${name.toLowerCase()}`;
      await plane.reset();
      await deploy({ platform, routing, retries, virtualServiceName });
      await untilEnvoyHas(virtualServiceName);
      // A pod that was found out before is back.
      await eventually(async () => {
        const answers = await plane.client.inferTimes('resnet', 24);
        expect(answers.filter(({ ran }) => ran !== 'resnet')).toEqual([]);
        expect(answers.map(({ entered }) => entered)).toContain('triton-c5w8z');
      }, 90_000);
    };

    test("none said: Istio's own serve elsewhere what a pod has refused", async () => {
      await deployWith('usual', undefined);
      expect(await failuresOf('UNAVAILABLE')).toBe(0);
      await deployWith('usual-again', undefined);
      expect(await failuresOf('REFUSED_STREAM')).toBe(0);
    });

    test('as declared: served elsewhere under the conditions that are named, and under no others', async () => {
      await deployWith('declared', { attempts: 3, conditions: [RetryCondition.REFUSED_STREAM] });
      expect(await failuresOf('REFUSED_STREAM')).toBe(0);
      await deployWith('declared-again', { attempts: 3, conditions: [RetryCondition.REFUSED_STREAM] });
      expect(await failuresOf('UNAVAILABLE')).toBeGreaterThan(0);
    });

    test('0 attempts: what a pod refuses fails', async () => {
      await deployWith('none', { attempts: 0 });
      expect(await failuresOf('UNAVAILABLE')).toBeGreaterThan(0);
    });
  });

  describe('bufferLimitBytes', () => {
    const inputs = (values: number) => [
      { name: 'predict', shape: [1, values], datatype: 'FP32', contents: { fp32_contents: new Array<number>(values).fill(0.5) } },
    ];
    const bytesOf = (values: number) => Buffer.byteLength(JSON.stringify({ inputs: inputs(values) }));
    beforeAll(async () => {
      await plane.reset();
      const virtualServiceName = 'sizes';
      await deploy({ platform, routing: ModelRouting.any(), bufferLimitBytes: 100_000, virtualServiceName });
      await untilEnvoyHas(virtualServiceName);
    });

    test('a JSON request below it is served, and one above it is refused with 413', async () => {
      expect([bytesOf(15_000) < 100_000, bytesOf(60_000) > 200_000]).toEqual([true, true]);
      const send = (values: number) => plane.client.json({ path: '/v2/models/iris/infer', body: { inputs: inputs(values) } });
      await eventually(async () => expect(await send(60_000)).toMatchObject({ status: 413 }));
      expect((await send(60_000)).entered).toBeUndefined();
      expect(await send(15_000)).toMatchObject({ status: 200, ran: 'iris' });
    });

    test('of gRPC, as of all HTTP/2, Envoy holds 16 MiB, whatever is declared', async () => {
      const send = (padding: number) => plane.client.grpc({ header: 'iris', body: 'iris', padding });
      expect(await send(15 * 2 ** 20)).toMatchObject({ grpcStatus: 0, ran: 'iris' });
      const { entered, grpcStatus, message } = await send(17 * 2 ** 20);
      expect([entered, grpcStatus, message]).toEqual([undefined, 2, 'Payload Too Large']);
    });
  });
});

describeWithDataPlane('Times at a real gateway of the Gateway API', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    const name = 'grpc-gateway-istio';
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'grpc-gateway' };
    plane = await DataPlane.start(programs, {
      gatewayPod: { name, serviceName: name, namespace: MESH_NAMESPACE, labels },
      loadMillis: { [SLOW]: LOAD_MILLIS, [PATIENT]: LOAD_MILLIS },
    });
    await plane.reset();
    const routing = ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE });
    await plane.deploy({ platform: MeshPlatform.gatewayApi({ gatewayClassName: 'istio' }), routing, ...TIMES });
    await eventually(async () => expect(await plane.client.infer('bert')).toMatchObject({ ran: 'bert' }));
  });
  afterAll(() => plane?.stop());

  testTimes(() => plane, { json: false });
});
