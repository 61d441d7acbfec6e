import { ModelNaming } from '../../lib/gateway/model-naming';
import { type InferenceGatewayProps, JsonTranscoding, MeshPlatform, ModelRouting } from '../../lib/index';
import { testAnalysis } from '../routing/analysis';
import { labelHolders, testAnswers } from '../routing/behaviour';
import { DataPlane } from '../routing/data-plane';
import { FORBIDDEN, testDoor } from '../routing/door';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';

const platform = MeshPlatform.istio('1.24');

// Each of the ways in which the door is made: what keeps paths out, and what takes headers away. The usual one of Istio is in routing-names.
const DOORS: [title: string, gateway: Omit<InferenceGatewayProps, 'mesh'>][] = [
  ['Istio 1.20, by an EnvoyFilter', { platform: MeshPlatform.istio('1.20'), routing: ModelRouting.runtimeSubset() }],
  ['Istio, names as sent', { platform, modelNaming: ModelNaming.asSent(), routing: ModelRouting.holderFirst() }],
  ['Istio, hashed, names as sent', { platform, modelNaming: ModelNaming.asSent(), routing: ModelRouting.consistentHash() }],
  // What ASM has of its own is not public: its transcoder and its subsets are left out.
  ['ASM', { platform: MeshPlatform.asm(), transcoding: JsonTranscoding.istio(), routing: ModelRouting.any() }],
  ['ASM, holders first', { platform: MeshPlatform.asm(), transcoding: JsonTranscoding.istio(), routing: ModelRouting.holderFirst() }],
];

describeWithDataPlane('The door of a real gateway', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    await labelHolders(plane);
  });
  afterAll(() => plane?.stop());
  afterEach(async () => expect(await plane.envoy.rejections()).toBe(0));

  describe.each(DOORS)('for %s', (title, gateway) => {
    beforeAll(async () => {
      const virtualServiceName = `door-${title.replaceAll(/[^a-zA-Z0-9]+/g, '-').toLowerCase()}`;
      await plane.reset();
      await plane.deploy({ ...gateway, virtualServiceName });
      await eventually(async () => expect(await plane.envoy.configuration()).toContain(virtualServiceName));
      await eventually(async () => expect(await plane.client.infer('iris')).toMatchObject({ ran: 'iris' }));
    });

    testAnswers(() => plane, { json: false });
    testDoor(() => plane.client, FORBIDDEN);
    testAnalysis(() => plane);
  });

  test('a gateway without its guard lets the management API through: the tests above find something where there is something to find', async () => {
    await plane.deploy({ platform, routing: ModelRouting.any(), inferenceOnly: false, virtualServiceName: 'no-guard' });
    await eventually(async () => {
      const answer = await plane.client.grpc({ path: '/mmesh.ModelMesh/setVModel', header: 'iris', body: 'iris' });
      expect(answer.entered).toBeDefined();
    });
  });
});
