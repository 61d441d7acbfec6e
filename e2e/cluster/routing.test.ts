import { HashAlgorithm, MeshPlatform, ModelRouting, UnknownModels } from '../../lib/index';
import { testAnalysis } from '../routing/analysis';
import { killUnderLoad, labelHolders, settled, testAnswers, wasDirect, wasInFlight } from '../routing/behaviour';
import { DataPlane, PLACEMENT, type PodName, PODS } from '../routing/data-plane';
import { INPUT } from '../routing/input';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MODEL_NAMES, MODELS, type ModelName, UNDECLARED_MODEL } from '../routing/routed-mesh';

const platform = MeshPlatform.istio('1.24');

describeWithDataPlane('Routing through a real Envoy that a real istiod configures', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
  });
  afterAll(() => plane?.stop());
  afterEach(async () => expect(await plane.envoy.rejections()).toBe(0));

  describe('ModelRouting.any()', () => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.any() });
      await settled(plane, 'iris', () => true);
    });

    testAnswers(() => plane);
    testAnalysis(() => plane);

    test('any pod takes a request, whichever holds the model', async () => {
      const answers = await plane.client.inferTimes('iris', 80);
      const rate = answers.filter(wasDirect).length / answers.length;
      expect(rate).toBeGreaterThan(0.1);
      expect(rate).toBeLessThan(0.4);
      expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(Object.keys(PODS)));
      expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT.iris));
      expect(answers.filter(({ saw }) => 'mm-balanced' in saw)).toEqual([]);
    });

    test('a dead pod that is still listed costs the request that it worked on, and no other', async () => {
      const { failed } = await killUnderLoad(plane, 'resnet', 'triton-c5w8z');
      expect(failed.filter((answer) => !wasInFlight(answer))).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(1);
    });
  });

  describe('ModelRouting.holderFirst()', () => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.holderFirst() });
      await labelHolders(plane);
      for (const model of MODEL_NAMES.filter((name) => PLACEMENT[name].length > 0)) await settled(plane, model, wasDirect);
    });

    testAnswers(() => plane);
    testAnalysis(() => plane);

    test.each(MODEL_NAMES.filter((name) => PLACEMENT[name].length > 0))('every request for %s meets a holder first', async (model) => {
      const answers = await plane.client.inferTimes(model, 50);
      expect(answers.filter((answer) => !wasDirect(answer) || answer.ran !== model)).toEqual([]);
      expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT[model]));
      expect(answers.filter(({ saw }) => saw['mm-balanced'] !== 'true')).toEqual([]);
    });

    test('a model that moves takes its requests along', async () => {
      const [from, to]: PodName[] = ['mlserver-x2k4p', 'mlserver-b7m9q'];
      plane.pods.registry.place('wine', [to!]);
      // Until the labels follow, the pod that held it passes requests on.
      expect(await plane.client.infer('wine')).toMatchObject({ grpcStatus: 0, servedBy: to, forwardedBy: from });
      await labelHolders(plane);
      await settled(plane, 'wine', wasDirect);
    });

    test('without labels any pod takes a request', async () => {
      await plane.pods.label(() => ({}));
      await eventually(async () => {
        const answers = await plane.client.inferTimes('iris', 40);
        expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(Object.keys(PODS)));
      });
      await labelHolders(plane);
      await settled(plane, 'iris', wasDirect);
    });

    test('the only holder dies and is still listed: that costs the request that it worked on, and no other', async () => {
      const { failed } = await killUnderLoad(plane, 'tf-mnist', 'triton-h6t3r');
      expect(failed.filter((answer) => !wasInFlight(answer))).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(1);
    });
  });

  describe.each<[string, ModelRouting]>([
    ['holderFirst', ModelRouting.holderFirst({ unknownModels: UnknownModels.NOT_FOUND })],
    ['runtimeSubset', ModelRouting.runtimeSubset({ unknownModels: UnknownModels.NOT_FOUND })],
  ])('ModelRouting.%s() that knows its models only', (_name, routing) => {
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing });
      await settled(plane, 'iris', () => true);
    });

    test('the gateway itself answers for others', async () => {
      await eventually(async () => expect((await plane.client.infer('nosuch')).entered).toBeUndefined());
      // Envoy makes UNIMPLEMENTED of 404 for callers of gRPC.
      expect(await plane.client.infer('nosuch')).toMatchObject({ grpcStatus: 12 });
      expect(await plane.client.json({ path: '/v2/models/nosuch/infer', body: INPUT })).toMatchObject({ status: 404 });
      expect(await plane.client.infer(UNDECLARED_MODEL)).toMatchObject({ grpcStatus: 12 });
    });
  });

  describe('ModelRouting.runtimeSubset()', () => {
    const inRuntime = (model: ModelName) => plane.pods.of(MODELS[model].runtime);
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.runtimeSubset() });
      for (const model of MODEL_NAMES) await settled(plane, model, ({ entered }) => inRuntime(model).includes(entered!));
    });

    testAnswers(() => plane);
    testAnalysis(() => plane);

    test.each(MODEL_NAMES)('every request for %s meets a pod of its runtime', async (model) => {
      const answers = await plane.client.inferTimes(model, 30);
      expect(new Set(answers.map(({ entered }) => entered))).toEqual(new Set(inRuntime(model)));
      expect(answers.filter(({ saw }) => 'mm-balanced' in saw)).toEqual([]);
    });

    test('a dead pod that is still listed costs the request that it worked on, and no other', async () => {
      const { failed } = await killUnderLoad(plane, 'resnet', 'triton-c5w8z');
      expect(failed.filter((answer) => !wasInFlight(answer))).toEqual([]);
      expect(failed.length).toBeLessThanOrEqual(1);
    });
  });

  describe.each([
    { title: 'a ring', algorithm: HashAlgorithm.RING_HASH, withinRuntimes: false },
    { title: 'Maglev within runtimes', algorithm: HashAlgorithm.MAGLEV, withinRuntimes: true },
  ])('ModelRouting.consistentHash() with $title', ({ algorithm, withinRuntimes }) => {
    const podOf = async (model: ModelName): Promise<string> => {
      const entered = new Set((await plane.client.inferTimes(model, 30)).map((answer) => answer.entered));
      expect(entered.size).toBe(1);
      return [...entered][0]!;
    };
    beforeAll(async () => {
      await plane.reset();
      await plane.deploy({ platform, routing: ModelRouting.consistentHash({ algorithm, withinRuntimes }) });
      await eventually(async () => {
        for (const model of MODEL_NAMES) {
          const pod = await podOf(model);
          if (withinRuntimes) expect(plane.pods.of(MODELS[model].runtime)).toContain(pod);
        }
      });
    });

    testAnswers(() => plane);
    testAnalysis(() => plane);

    test('every model has its pod', async () => {
      for (const model of MODEL_NAMES) await podOf(model);
    });

    test('while the pod of a model is dead and still listed, two requests fail at most; then another one is its pod, and the others keep theirs', async () => {
      const before = new Map<ModelName, string>();
      for (const model of MODEL_NAMES) before.set(model, await podOf(model));
      const dead = before.get('resnet') as PodName;
      await plane.pods.kill(dead);
      const answers = await plane.client.inferTimes('resnet', 10);
      expect(answers.filter(({ grpcStatus }) => grpcStatus !== 0).length).toBeLessThanOrEqual(2);
      expect(answers.at(-1)).toMatchObject({ grpcStatus: 0, ran: 'resnet' });
      await plane.pods.unlist(dead);
      await settled(plane, 'resnet', ({ entered }) => entered !== dead);
      for (const [model, pod] of before) if (pod !== dead) expect(await podOf(model)).toBe(pod);
    });
  });
});
