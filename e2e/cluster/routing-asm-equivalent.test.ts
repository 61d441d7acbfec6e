import path from 'node:path';
import { type InferenceGatewayProps, ModelRouting, SubsetFallback } from '../../lib/index';
import { asmEquivalent, writeEndpoints } from '../routing/asm-equivalent';
import { wasDirect } from '../routing/behaviour';
import { DataPlane, PLACEMENT } from '../routing/data-plane';
import { InferenceClient } from '../routing/inference-client';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { STEERING_HEADERS } from '../routing/spoofing';
import { MODEL_NAMES, routedMesh } from '../routing/routed-mesh';
import { Envoy } from '../servers/envoy';

const KEY = 'modelmesh.asm.alibabacloud.com';

describeWithDataPlane("Envoy with what ASM's dynamic subsets stand for, by our own reading", (programs) => {
  let plane: DataPlane;
  let client: InferenceClient;
  let endpoints: string;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
  });
  afterAll(() => plane?.stop());
  afterEach(() => plane.reset());

  const start = async (name: string, gateway: Omit<InferenceGatewayProps, 'mesh'>): Promise<void> => {
    await plane.reset();
    const { host } = plane.cluster;
    const manifests = routedMesh(host.folder, gateway).map(({ object }) => object);
    const port = await host.findPort();
    endpoints = path.join(host.folder, `${name}-endpoints.json`);
    tellHolders();
    (await Envoy.run(host, programs.envoy, name, asmEquivalent(manifests, { port, endpointsFile: endpoints }))).close();
    client = new InferenceClient(await host.openSocketTo(port));
  };
  const tellHolders = () => writeEndpoints(endpoints, plane.pods.addresses, KEY, (pod) => plane.pods.registry.heldBy(pod));

  describe.each([SubsetFallback.ANY_ENDPOINT, SubsetFallback.NO_FALLBACK])('ModelRouting.asmDynamicSubset() with %s', (fallback) => {
    beforeAll(() => start(`envoy-${fallback}`, { routing: ModelRouting.asmDynamicSubset({ fallback }) }));
    afterAll(() => client?.close());

    test('every request meets a holder first', async () => {
      for (const model of MODEL_NAMES.filter((name) => PLACEMENT[name].length > 0)) {
        const answers = await client.inferTimes(model, 50);
        expect(answers.filter((answer) => answer.ran !== model || !wasDirect(answer))).toEqual([]);
        expect(new Set(answers.map(({ servedBy }) => servedBy))).toEqual(new Set(PLACEMENT[model]));
        expect(answers.filter(({ saw }) => saw['mm-balanced'] !== 'true')).toEqual([]);
      }
    });

    test('headers that steer ModelMesh or the gateway never come from a caller', async () => {
      const { ran, saw } = await client.grpc({ header: 'iris', body: 'iris', headers: STEERING_HEADERS });
      expect([ran, saw]).toEqual(['iris', { model: 'iris', 'mm-balanced': 'true' }]);
    });

    test('a model that no pod holds is for any pod, or for none', async () => {
      const answer = await client.infer('fraud');
      if (fallback === SubsetFallback.ANY_ENDPOINT) expect(answer).toMatchObject({ grpcStatus: 0, ran: 'fraud', loaded: true });
      else expect(answer).toMatchObject({ grpcStatus: 14, message: 'no healthy upstream' });
    });

    test('an unknown model is not found by ModelMesh, or has no pod', async () => {
      const answer = await client.infer('nosuch');
      if (fallback === SubsetFallback.ANY_ENDPOINT) expect(answer).toMatchObject({ grpcStatus: 5, message: 'vmodel not found: nosuch' });
      else expect(answer).toMatchObject({ grpcStatus: 14, message: 'no healthy upstream' });
    });

    test('a model that moves takes its requests along once the gateway is told', async () => {
      plane.pods.registry.place('wine', ['mlserver-b7m9q']);
      expect(await client.infer('wine')).toMatchObject({ grpcStatus: 0, servedBy: 'mlserver-b7m9q', forwardedBy: 'mlserver-x2k4p' });
      tellHolders();
      await eventually(async () => {
        const answers = await client.inferTimes('wine', 12);
        expect(answers.filter((answer) => answer.servedBy !== 'mlserver-b7m9q' || !wasDirect(answer))).toEqual([]);
      });
    });

    test('while the only holder is dead and still listed every request for its models fails, retries or not', async () => {
      await plane.pods.kill('mlserver-b7m9q');
      const answers = await client.inferTimes('iris', 20);
      expect(answers.filter(({ grpcStatus }) => grpcStatus === 0)).toEqual([]);
      expect(await client.infer('resnet')).toMatchObject({ grpcStatus: 0, ran: 'resnet' });
    });

    test('one of two holders is dead and still listed: the other serves', async () => {
      await plane.pods.kill('triton-c5w8z');
      const answers = await client.inferTimes('bert', 20);
      // The connection to the dead pod may end with the first of them.
      expect(answers.slice(1).filter(({ grpcStatus, servedBy }) => grpcStatus !== 0 || servedBy !== 'triton-h6t3r')).toEqual([]);
    });
  });

  describe('ModelRouting.asmDynamicSubset() without retries', () => {
    beforeAll(() => start('envoy-no-retries', { routing: ModelRouting.asmDynamicSubset(), retries: { attempts: 0 } }));
    afterAll(() => client?.close());

    test('one of two holders is dead and still listed: its share of the requests fails', async () => {
      await plane.pods.kill('triton-c5w8z');
      const failed = (await client.inferTimes('bert', 20)).filter(({ grpcStatus }) => grpcStatus !== 0);
      expect(failed.length).toBeGreaterThanOrEqual(9);
      expect(failed.length).toBeLessThanOrEqual(11);
    });
  });
});
