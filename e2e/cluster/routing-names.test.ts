import { ModelNaming } from '../../lib/gateway/model-naming';
import { MeshPlatform, ModelRouting } from '../../lib/index';
import { labelHolders, settled, wasDirect } from '../routing/behaviour';
import { testAnalysis } from '../routing/analysis';
import { DataPlane } from '../routing/data-plane';
import { FORBIDDEN, testDoor } from '../routing/door';
import { INPUT } from '../routing/input';
import { type InferenceAnswer, InferenceClient } from '../routing/inference-client';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { complaintAbout, grpcNamings, jsonNamings, NAMED, type Naming, OTHER, pathNamings } from '../routing/spoofing';

describeWithDataPlane('What a real gateway does with the names of models', (programs) => {
  let plane: DataPlane;
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    // The strategy that goes by the header alone: a header that lies would meet other pods.
    await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.holderFirst() });
    await labelHolders(plane);
    await settled(plane, NAMED, wasDirect);
    await settled(plane, OTHER, wasDirect);
  });
  afterAll(() => plane?.stop());

  const complaints = async (namings: readonly Naming[]): Promise<string[]> => {
    const found: string[] = [];
    for (const naming of namings) found.push(...[complaintAbout(naming, await naming.send(plane.client)) ?? []].flat());
    return found;
  };

  test(`JSON: header, path and body in all ${jsonNamings().length} combinations`, async () => {
    expect(await complaints(jsonNamings())).toEqual([]);
  });

  test(`gRPC: header and message in all ${grpcNamings().length} combinations`, async () => {
    expect(await complaints(grpcNamings())).toEqual([]);
  });

  test(`${pathNamings().length} paths that readers may take for different models`, async () => {
    expect(await complaints(pathNamings())).toEqual([]);
  });

  test('names that disagree are a fault of the caller: 400', async () => {
    const answers = await Promise.all([
      plane.client.json({ header: OTHER, path: `/v2/models/${NAMED}/infer`, body: INPUT }),
      plane.client.json({ header: [NAMED, NAMED], path: `/v2/models/${NAMED}/infer`, body: INPUT }),
      plane.client.json({ path: `/v2/models/${NAMED}/infer`, body: { model_name: OTHER, ...INPUT } }),
      plane.client.json({ path: `/v2/models/${NAMED}/infer`, body: { model_version: '1', ...INPUT } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await plane.client.grpc({ header: OTHER, body: NAMED })).toMatchObject({ grpcStatus: 3 });
  });

  testDoor(() => plane.client, FORBIDDEN);

  test('a body that is larger than Envoy takes by itself comes through, and so does its answer', async () => {
    const contents = { fp32_contents: new Array<number>(400_000).fill(0.5) };
    const inputs = [{ name: 'predict', shape: [1, 400_000], datatype: 'FP32', contents }];
    expect(await plane.client.json({ path: `/v2/models/${NAMED}/infer`, body: { inputs } })).toMatchObject({ status: 200, ran: NAMED });
  });

  testAnalysis(() => plane);

  // Last, for it leaves the gateway without its checks: the combinations above find something where there is something to find.
  test('without the checks a caller gets a model that the header does not name', async () => {
    await plane.deploy({
      platform: MeshPlatform.istio('1.24'),
      routing: ModelRouting.holderFirst(),
      modelNaming: ModelNaming.asSent(),
      hosts: ['models.example.com', '*.models.example.com'],
    });
    const models = new InferenceClient(plane.client.socketPath, 'models.example.com');
    const naming = grpcNamings().find(({ title }) => title === `gRPC, header '${NAMED}', message '${OTHER}'`)!;
    await eventually(async () => expect(complaintAbout(naming, await naming.send(models))).toMatch(/ran resnet$/));
    models.close();
  });

  test('a gateway for some hosts answers for no others', async () => {
    const answers = new Map<string, InferenceAnswer>();
    for (const host of ['models.example.com', 'a.models.example.com', 'models.example.org', 'gateway.example.com']) {
      const client = new InferenceClient(plane.client.socketPath, host);
      answers.set(host, await client.infer(NAMED));
      client.close();
    }
    expect([...answers].map(([host, { entered }]) => [host, entered !== undefined])).toEqual([
      ['models.example.com', true],
      ['a.models.example.com', true],
      ['models.example.org', false],
      ['gateway.example.com', false],
    ]);
  });
});
