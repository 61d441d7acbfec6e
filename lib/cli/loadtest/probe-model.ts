import { InferencePayload } from '../../load-test/inference-payload';
import { askMetadata, askModel } from '../../model-probe/ask-model';
import type { GatewayClient } from '../../model-probe/gateway-client';
import { quote } from '../../values/problems';
import type { LoadedModel } from './loadtest-options';
import { Refusal } from './result-files';

/** How many answers are looked into before a run and after it. */
export const PROBES = 5;

/** Sends requests as those of the run, one after another. @returns what is wrong with the first answer that is not right */
export async function probeModel(client: GatewayClient, modelName: string, body: string): Promise<string | undefined> {
  for (let probe = 0; probe < PROBES; probe += 1) {
    const { problem } = await askModel(client, modelName, body);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * The body of the requests to a model.
 *
 * @throws Refusal when it is read from a file and is none
 */
export async function requestBody(
  client: GatewayClient,
  { name, payload, payloadFile }: LoadedModel,
  read: (file: string) => Buffer,
): Promise<{ body?: string; problem?: string }> {
  if (payload !== undefined) return { body: payload._body! };
  if (payloadFile !== undefined) {
    const body = read(payloadFile).toString('utf8');
    const [problem] = InferencePayload.json(body)._problems(quote(payloadFile));
    if (problem !== undefined) throw new Refusal(problem);
    return { body };
  }
  const { body, problem } = await askMetadata(client, name);
  if (problem !== undefined || body !== undefined) return { body, problem };
  return { problem: 'its metadata name no inputs: give --input NAME:DATATYPE:SHAPE, or --payload-file' };
}
