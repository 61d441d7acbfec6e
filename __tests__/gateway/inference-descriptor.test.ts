import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { INFERENCE_DESCRIPTOR } from '../../lib/gateway/inference-descriptor';

const ROOT = resolve(__dirname, '../..');

type Message = Map<number, (number | Buffer)[]>;

/** A message of protocol buffers by its field numbers: an independent reading of what scripts/descriptor.mjs writes. */
function decode(bytes: Buffer): Message {
  const fields: Message = new Map();
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at++]!;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    if (tag % 8 === 0) fields.set(field, [...(fields.get(field) ?? []), varint()]);
    else if (tag % 8 === 2) {
      const end = varint() + at;
      fields.set(field, [...(fields.get(field) ?? []), bytes.subarray(at, end)]);
      at = end;
    } else throw new Error(`tag ${tag}`);
  }
  expect(at).toBe(bytes.length);
  return fields;
}

const messages = (message: Message, field: number): Message[] => (message.get(field) ?? []).map((bytes) => decode(bytes as Buffer));
const text = (message: Message, field: number): string => String(message.get(field)?.[0] ?? '');
const number = (message: Message, field: number): number => (message.get(field)?.[0] as number | undefined) ?? 0;

const TYPES = new Map(Object.entries({ 1: 'double', 2: 'float', 3: 'int64', 4: 'uint64', 5: 'int32', 8: 'bool', 9: 'string', 12: 'bytes', 13: 'uint32' })); // prettier-ignore

/** A field as one line. */
function line(field: Message): string {
  const type = TYPES.get(String(number(field, 5))) ?? text(field, 6);
  const oneof = field.has(9) ? ' of a oneof' : '';
  return `${text(field, 1)} ${text(field, 10)} ${number(field, 3)}: ${number(field, 4) === 3 ? 'repeated ' : ''}${type}${oneof}`;
}

function linesOf(message: Message, scope: string): [string, string[]][] {
  const name = `${scope}.${text(message, 1)}`;
  const nested = messages(message, 3).flatMap((inner) => linesOf(inner, name));
  return [[name, messages(message, 2).map(line)], ...nested];
}

/** Runs the script on a text; what it writes is undefined when it fails. */
function runScript(proto: string): { error: string; written: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), 'descriptor-'));
  try {
    const [input, output] = [join(folder, 'in.proto'), join(folder, 'out.ts')];
    writeFileSync(input, proto);
    const args = ['scripts/descriptor.mjs', '--input', input, '--output', output];
    const { stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    return { error: stderr, written: existsSync(output) ? readFileSync(output, 'utf8') : undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const set = decode(Buffer.from(INFERENCE_DESCRIPTOR, 'base64'));
const [file] = messages(set, 1) as [Message];

describe('the descriptor of the inference protocol', () => {
  it('is what the script makes of proto/inference.proto', () => {
    expect(runScript(readFileSync(join(ROOT, 'proto/inference.proto'), 'utf8'))).toEqual({
      error: '',
      written: readFileSync(join(ROOT, 'lib/gateway/inference-descriptor.ts'), 'utf8'),
    });
  });

  it.each([
    ['a text of another kind', "'a'", `''' is not understood`],
    ['an enum', 'enum A { B = 0; }', "'enum' is not understood"],
    ['a field without a number', 'message A { string b; }', "'=' is expected, not ';'"],
    ['a number that is none', 'message A { string b = c; }', "the number of field 'b' is missing"],
    ['a field with options', 'message A { string b = 1 (c) = 2; }', "';' is expected, not '('"],
    ['a message that is not there', 'message A { B b = 1; }', "there is no message 'B'"],
    ['a message without an end', 'message A {', 'it ends too early'],
    ['a service without paths', 'service A { rpc B(C) returns (D) {} }', "'option' is expected, not '}'"],
    [
      'more than one path',
      'service A { rpc B(C) returns (D) { option (google.api.http) = { get: "/a" additional_bindings: "/b" }; } }',
      "'additional_bindings' is no part of an HTTP rule that is understood",
    ],
  ])('has no room for %s', (_title, declaration, problem) => {
    const head = 'syntax = "proto3"; package a; import "google/api/annotations.proto";';
    const { error, written } = runScript(`${head} ${declaration}`);
    expect(written).toBeUndefined();
    expect(/Error: (.*)/.exec(error)?.[1]).toBe(`inference.proto: ${problem}`);
  });

  it('is one file that imports none', () => {
    expect([...set.keys()]).toEqual([1]);
    expect(messages(set, 1)).toHaveLength(1);
    expect([text(file, 1), text(file, 2), text(file, 12)]).toEqual(['inference.proto', 'inference', 'proto3']);
    expect([...file.keys()].sort((a, b) => a - b)).toEqual([1, 2, 4, 6, 12]);
  });

  it('maps two paths and none with a version', () => {
    const services = messages(file, 6).map((service) => [
      text(service, 1),
      messages(service, 2).map((method) => {
        const rules = messages(messages(method, 4)[0]!, 72295728).map((rule) =>
          [...rule].map(([field, values]) => [field, ...values.map(String)]),
        );
        return [text(method, 1), text(method, 2), text(method, 3), rules];
      }),
    ]);
    // In google.api.HttpRule, 2 is get, 4 is post and 7 is body.
    expect(services).toEqual([
      [
        'GRPCInferenceService',
        [
          ['ModelMetadata', '.inference.ModelMetadataRequest', '.inference.ModelMetadataResponse', [[[2, '/v2/models/{name}']]]],
          [
            'ModelInfer',
            '.inference.ModelInferRequest',
            '.inference.ModelInferResponse',
            [
              [
                [4, '/v2/models/{model_name}/infer'],
                [7, '*'],
              ],
            ],
          ],
        ],
      ],
    ]);
  });

  it('has the fields of the protocol', () => {
    const parameters = (entry: string, field: number): string =>
      `parameters parameters ${field}: repeated .inference.${entry}.ParametersEntry`;
    const entry = ['key key 1: string', 'value value 2: .inference.InferParameter'];
    const tensor = ['name name 1: string', 'datatype datatype 2: string', 'shape shape 3: repeated int64'];
    expect(Object.fromEntries(messages(file, 4).flatMap((message) => linesOf(message, '')))).toEqual({
      '.ModelMetadataRequest': ['name name 1: string', 'version version 2: string'],
      '.ModelMetadataResponse': [
        'name name 1: string',
        'versions versions 2: repeated string',
        'platform platform 3: string',
        'inputs inputs 4: repeated .inference.ModelMetadataResponse.TensorMetadata',
        'outputs outputs 5: repeated .inference.ModelMetadataResponse.TensorMetadata',
      ],
      '.ModelMetadataResponse.TensorMetadata': tensor,
      '.ModelInferRequest': [
        'model_name modelName 1: string',
        'model_version modelVersion 2: string',
        'id id 3: string',
        parameters('ModelInferRequest', 4),
        'inputs inputs 5: repeated .inference.ModelInferRequest.InferInputTensor',
        'outputs outputs 6: repeated .inference.ModelInferRequest.InferRequestedOutputTensor',
        'raw_input_contents rawInputContents 7: repeated bytes',
      ],
      '.ModelInferRequest.InferInputTensor': [
        ...tensor,
        parameters('ModelInferRequest.InferInputTensor', 4),
        'contents contents 5: .inference.InferTensorContents',
      ],
      '.ModelInferRequest.InferInputTensor.ParametersEntry': entry,
      '.ModelInferRequest.InferRequestedOutputTensor': [
        'name name 1: string',
        parameters('ModelInferRequest.InferRequestedOutputTensor', 2),
      ],
      '.ModelInferRequest.InferRequestedOutputTensor.ParametersEntry': entry,
      '.ModelInferRequest.ParametersEntry': entry,
      '.ModelInferResponse': [
        'model_name modelName 1: string',
        'model_version modelVersion 2: string',
        'id id 3: string',
        parameters('ModelInferResponse', 4),
        'outputs outputs 5: repeated .inference.ModelInferResponse.InferOutputTensor',
        'raw_output_contents rawOutputContents 6: repeated bytes',
      ],
      '.ModelInferResponse.InferOutputTensor': [
        ...tensor,
        parameters('ModelInferResponse.InferOutputTensor', 4),
        'contents contents 5: .inference.InferTensorContents',
      ],
      '.ModelInferResponse.InferOutputTensor.ParametersEntry': entry,
      '.ModelInferResponse.ParametersEntry': entry,
      '.InferParameter': [
        'bool_param boolParam 1: bool of a oneof',
        'int64_param int64Param 2: int64 of a oneof',
        'string_param stringParam 3: string of a oneof',
      ],
      '.InferTensorContents': [
        'bool_contents boolContents 1: repeated bool',
        'int_contents intContents 2: repeated int32',
        'int64_contents int64Contents 3: repeated int64',
        'uint_contents uintContents 4: repeated uint32',
        'uint64_contents uint64Contents 5: repeated uint64',
        'fp32_contents fp32Contents 6: repeated float',
        'fp64_contents fp64Contents 7: repeated double',
        'bytes_contents bytesContents 8: repeated bytes',
      ],
    });
  });

  it('marks the entries of maps', () => {
    const entries = (message: Message): Message[] => [message, ...messages(message, 3).flatMap(entries)];
    const marked = messages(file, 4)
      .flatMap(entries)
      .filter((message) => messages(message, 7).some((options) => number(options, 7) === 1))
      .map((message) => text(message, 1));
    expect(marked).toEqual(Array<string>(5).fill('ParametersEntry'));
  });
});
