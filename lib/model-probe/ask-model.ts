import { elementsOf, generatedPayload, type PayloadInput } from '../load-test/generated-payload';
import { inferPath } from '../load-test/fortio-arguments';
import { TensorDatatype } from '../load-test/tensor-datatype';
import { quote } from '../values/problems';
import type { GatewayAnswer, GatewayClient } from './gateway-client';

/** What became of one request to a model. */
export interface Asked {
  /** Why it counts as failed; undefined when the model itself has answered. */
  readonly problem?: string;
  /** Whether the same request may be answered later. */
  readonly mayPass: boolean;
  /** Bytes of the answer's body. */
  readonly bytes: number;
}

/** What the metadata of a model say about its requests. */
export interface MetadataAsked extends Asked {
  /** A body that suits the inputs; undefined when the metadata name none. */
  readonly body?: string;
}

/** Answers that no amount of waiting makes better: the request itself is refused. */
const FINAL_STATUSES = [400, 401, 403, 405, 413, 415, 501];
/** A body that is made here has some megabytes at most. */
const MAX_ELEMENTS = 1_000_000;
const DATATYPES: readonly string[] = Object.values(TensorDatatype);

/** Sends one inference request, and looks into the answer for the model that ran. */
export async function askModel(client: GatewayClient, modelName: string, body: string): Promise<Asked> {
  const { answer, failed } = await tried(client.send(modelName, 'POST', inferPath(modelName), body));
  if (answer === undefined) return failed;
  const fields = fieldsOf(answer.text);
  return judged(answer, modelName, fields?.['modelName'] ?? fields?.['model_name']);
}

/** Asks for the metadata of a model, for which ModelMesh loads it, and makes a request of them: 1 where they leave a dimension open. */
export async function askMetadata(client: GatewayClient, modelName: string): Promise<MetadataAsked> {
  const { answer, failed } = await tried(client.send(modelName, 'GET', `/v2/models/${modelName}`));
  if (answer === undefined) return failed;
  const fields = fieldsOf(answer.text);
  const asked = judged(answer, modelName, fields?.['name']);
  if (asked.problem !== undefined) return asked;
  const inputs = Array.isArray(fields?.['inputs']) ? fields['inputs'].map(inputOf) : [];
  const broken = inputs.find((input) => 'problem' in input);
  if (broken !== undefined) return { ...asked, problem: `its metadata cannot be used: ${broken.problem}`, mayPass: false };
  const known = inputs as PayloadInput[];
  const elements = known.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  if (elements > MAX_ELEMENTS) {
    return { ...asked, problem: `its inputs have ${elements} elements, more than ${MAX_ELEMENTS}: give a payload`, mayPass: false };
  }
  return known.length === 0 ? asked : { ...asked, body: JSON.stringify(generatedPayload(known)) };
}

async function tried(sent: Promise<GatewayAnswer>): Promise<{ answer?: GatewayAnswer; failed: Asked }> {
  const failed = { problem: '', mayPass: true, bytes: 0 };
  try {
    return { answer: await sent, failed };
  } catch (error) {
    return { failed: { ...failed, problem: oneLine((error as Error).message) } };
  }
}

function judged({ status, text }: GatewayAnswer, modelName: string, answeredBy: unknown): Asked {
  const bytes = Buffer.byteLength(text);
  if (status !== 200) return { problem: `${status} ${messageOf(text)}`.trim(), mayPass: !FINAL_STATUSES.includes(status), bytes };
  if (answeredBy === undefined) return { problem: `the answer names no model: ${oneLine(text)}`, mayPass: false, bytes };
  // ModelMesh's runtimes know a model as NAME__isvc-HASH, and so do their answers.
  const isRight = answeredBy === modelName || String(answeredBy).startsWith(`${modelName}__isvc-`);
  return isRight ? { mayPass: true, bytes } : { problem: `model ${quote(answeredBy)} answered in its place`, mayPass: false, bytes };
}

/** The transcoder writes `{"code": 5, "message": "..."}`, others some text. */
function messageOf(text: string): string {
  const message = fieldsOf(text)?.['message'];
  return oneLine(typeof message === 'string' ? message : text);
}

function inputOf(value: unknown): PayloadInput | { problem: string } {
  const { name, datatype, shape } = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  if (typeof name !== 'string' || name === '') return { problem: 'an input has no name' };
  if (typeof datatype !== 'string' || !DATATYPES.includes(datatype)) {
    return { problem: `datatype ${quote(datatype)} of input ${quote(name)} is not known` };
  }
  // Numbers of 64 bits are texts in JSON.
  const sizes = Array.isArray(shape) ? shape.map(Number) : [];
  if (sizes.length === 0 || sizes.some((size) => !Number.isInteger(size) || size < -1 || size === 0)) {
    return { problem: `shape ${quote(shape)} of input ${quote(name)} is not valid` };
  }
  return { name, datatype: datatype as TensorDatatype, shape: sizes.map((size) => Math.max(size, 1)) };
}

interface Fields {
  readonly [key: string]: unknown;
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** A text of somebody else as a part of one line. */
function oneLine(text: string): string {
  return quote(text.trim()).slice(1, -1);
}
