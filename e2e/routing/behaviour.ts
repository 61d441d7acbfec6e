import { modelLabelKey, MODEL_LOADED } from '../../lib/values/model-label';
import type { DataPlane, PodName } from './data-plane';
import type { InferenceAnswer } from './inference-client';
import { INPUT } from './input';
import { eventually } from './poll';
import { MODEL_NAMES, MODELS, type ModelName, UNDECLARED_MODEL } from './routed-mesh';

export const wasDirect = ({ forwardedBy }: InferenceAnswer): boolean => forwardedBy === undefined;

/** Labels the pods with the models that they hold now. */
export function labelHolders(plane: DataPlane): Promise<void> {
  return plane.pods.label((models) => Object.fromEntries(models.map((model) => [modelLabelKey(model), MODEL_LOADED])));
}

/** Waits until a whole round of requests for a model is answered in the way that is meant. */
export async function settled(
  plane: Pick<DataPlane, 'client'>,
  model: ModelName,
  isMeant: (answer: InferenceAnswer) => boolean,
): Promise<void> {
  await eventually(async () => {
    const answers = await plane.client.inferTimes(model, 12);
    expect(answers.filter((answer) => answer.grpcStatus !== 0 || !isMeant(answer))).toEqual([]);
  });
}

/** The tests that hold under every strategy: what a request gets, and not which pod it meets first. */
export function testAnswers(plane: () => Pick<DataPlane, 'client' | 'pods'>, { json = true }: { json?: boolean } = {}): void {
  const jsonTest = (name: string, run: () => Promise<void>) => json && test(name, run);

  test('gRPC: the model that was named answers', async () => {
    for (const model of MODEL_NAMES)
      expect(await plane().client.infer(model)).toMatchObject({ status: 200, grpcStatus: 0, ran: model, modelName: model });
  });

  jsonTest('JSON: the model in the path answers, without a header', async () => {
    for (const model of MODEL_NAMES) {
      const answer = await plane().client.json({ path: `/v2/models/${model}/infer`, body: INPUT });
      expect(answer).toMatchObject({ status: 200, ran: model, modelName: model, saw: { model } });
      const outputs = [{ name: 'predict', datatype: 'INT64', shape: ['1'], contents: { int64Contents: ['7'] } }];
      expect(JSON.parse(answer.text)).toEqual({ modelName: model, modelVersion: '1', outputs });
    }
  });

  jsonTest('JSON: the metadata of a model', async () => {
    const answer = await plane().client.json({ method: 'GET', path: '/v2/models/iris' });
    expect(answer).toMatchObject({ status: 200, ran: 'iris' });
    expect(JSON.parse(answer.text)).toMatchObject({ name: 'iris' });
  });

  test('gRPC: an unknown model is not found', async () => {
    expect(await plane().client.infer('nosuch')).toMatchObject({ grpcStatus: 5, message: 'vmodel not found: nosuch' });
  });

  jsonTest('JSON: an unknown model is not found', async () => {
    const answer = await plane().client.json({ path: '/v2/models/nosuch/infer', body: INPUT });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([404, { code: 5, message: 'vmodel not found: nosuch' }]);
  });

  test('a model that somebody else has registered is served', async () => {
    expect(await plane().client.infer(UNDECLARED_MODEL)).toMatchObject({ grpcStatus: 0, ran: UNDECLARED_MODEL });
  });

  test('a model that no pod holds is loaded', async () => {
    plane().pods.registry.place('fraud', []);
    expect(await plane().client.infer('fraud')).toMatchObject({ grpcStatus: 0, ran: 'fraud', loaded: true });
    expect(await plane().client.infer('fraud')).toMatchObject({ grpcStatus: 0, ran: 'fraud', loaded: false });
    expect(plane().pods.of(MODELS.fraud.runtime)).toEqual(expect.arrayContaining(plane().pods.registry.holders('fraud')));
  });

  test('a model that moves is served by its new holder, and comes back', async () => {
    for (const holder of ['mlserver-b7m9q', 'mlserver-x2k4p']) {
      plane().pods.registry.place('wine', [holder]);
      const answers = await plane().client.inferTimes('wine', 12);
      expect(answers.filter(({ grpcStatus, ran, servedBy }) => grpcStatus !== 0 || ran !== 'wine' || servedBy !== holder)).toEqual([]);
    }
  });
}

/** What failed of many requests, one after another, around the death of a pod. */
export interface DeathToll {
  /** Those that the pod had when it died, and those that met its closed port. */
  failed: InferenceAnswer[];
  /** How many were sent from the moment of the death on. */
  sent: number;
}

/**
 * Sends requests while a pod dies, which the API server goes on listing.
 *
 * Before that Envoy gets a quiet second, with requests in it: it collects changes of endpoints, and of their health, for as long after each.
 */
export async function killUnderLoad(plane: DataPlane, model: ModelName, pod: PodName): Promise<DeathToll> {
  const failed: InferenceAnswer[] = [];
  let sent = 0;
  const send = async () => {
    const answer = await plane.client.infer(model);
    sent += 1;
    if (answer.grpcStatus !== 0) failed.push(answer);
  };
  for (const end = Date.now() + 1_200; Date.now() < end;) await send();
  expect(failed).toEqual([]);
  sent = 0;
  let isDead = false;
  const death = plane.pods.kill(pod).then(() => (isDead = true));
  while (!isDead) await send();
  await death;
  for (let after = 0; after < 100; after += 1) await send();
  return { failed, sent };
}

/** Whether a request was lost with the pod that worked on it: sent again it could run twice. */
export const wasInFlight = ({ grpcStatus, message }: InferenceAnswer): boolean =>
  grpcStatus === 14 && /reset reason: (connection termination|remote reset)/.test(message ?? '');
