import fc from 'fast-check';
import { generatedPayload } from '../../lib/load-test/generated-payload';
import { InferencePayload } from '../../lib/load-test/inference-payload';
import { TensorDatatype } from '../../lib/load-test/tensor-datatype';

interface Input {
  name: string;
  shape: number[];
  datatype: string;
  contents?: Record<string, unknown[]>;
}
interface Body {
  inputs: Input[];
  raw_input_contents?: string[];
}

const { FP16, BF16, BYTES, BOOL, INT32, UINT16, INT64, FP32, FP64, INT8 } = TensorDatatype;
const bodyOf = (...inputs: { name: string; shape: number[]; datatype: TensorDatatype }[]) => generatedPayload(inputs) as Body;
const one = (datatype: TensorDatatype, elements = 3) => bodyOf({ name: 'x', shape: [elements], datatype });

// Field and first values of InferTensorContents, from the protocol's own text: int_contents is for INT8, INT16 and INT32, and so on.
const LISTS: [TensorDatatype, string, unknown[]][] = [
  [BOOL, 'bool_contents', [false, true, false]],
  [TensorDatatype.UINT8, 'uint_contents', [0, 1, 2]],
  [UINT16, 'uint_contents', [0, 1, 2]],
  [TensorDatatype.UINT32, 'uint_contents', [0, 1, 2]],
  [TensorDatatype.UINT64, 'uint64_contents', [0, 1, 2]],
  [INT8, 'int_contents', [0, 1, 2]],
  [TensorDatatype.INT16, 'int_contents', [0, 1, 2]],
  [INT32, 'int_contents', [0, 1, 2]],
  [INT64, 'int64_contents', [0, 1, 2]],
  [FP32, 'fp32_contents', [0, 0.0625, 0.125]],
  [FP64, 'fp64_contents', [0, 0.0625, 0.125]],
  [BYTES, 'bytes_contents', ['text 0', 'text 1', 'text 2'].map((text) => Buffer.from(text).toString('base64'))],
];

test.each(LISTS)('%s goes into %s', (datatype, list, values) => {
  expect(one(datatype)).toEqual({ inputs: [{ name: 'x', shape: [3], datatype, contents: { [list]: values } }] });
});

test('every datatype of the protocol has a list or goes as raw bytes', () => {
  expect([...LISTS.map(([datatype]) => datatype), FP16, BF16].sort()).toEqual(Object.values(TensorDatatype).sort());
});

/** Reads a float of 16 bits by the definition of its format. */
function float16(bits: number, fractionBits: number, bias: number): number {
  const fraction = bits & (2 ** fractionBits - 1);
  const exponent = bits >> fractionBits;
  return exponent === 0 ? 0 : (1 + fraction / 2 ** fractionBits) * 2 ** (exponent - bias);
}

test.each([
  [FP16, 10, 15],
  [BF16, 7, 127],
])('%s has no list: raw bytes, that say the sixteenths exactly', (datatype, fractionBits, bias) => {
  const { inputs, raw_input_contents: raw } = one(datatype, 17);
  expect(inputs).toEqual([{ name: 'x', shape: [17], datatype }]);
  const bytes = Buffer.from(raw![0]!, 'base64');
  const values = Array.from({ length: bytes.length / 2 }, (_, index) => float16(bytes.readUInt16LE(index * 2), fractionBits, bias));
  expect(values).toEqual([...Array.from({ length: 16 }, (_, step) => step / 16), 0]);
});

test('with one input that has no list all inputs are raw', () => {
  const types = [FP16, BOOL, INT8, UINT16, INT32, INT64, FP32, FP64, BYTES];
  const { inputs, raw_input_contents: raw } = bodyOf(...types.map((datatype) => ({ name: datatype.toLowerCase(), shape: [2], datatype })));
  expect(inputs.map((input) => Object.keys(input))).toEqual(types.map(() => ['name', 'shape', 'datatype']));
  const hex = raw!.map((text) => Buffer.from(text, 'base64').toString('hex'));
  expect(hex).toEqual([
    '0000002c',
    '0001',
    '0001',
    '00000100',
    '0000000001000000',
    '00000000000000000100000000000000',
    '000000000000803d',
    '0000000000000000000000000000b03f',
    '060000007465787420300600000074657874203' + '1',
  ]);
});

test('a tensor has as many values as its shape says, and the same in every synth', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.constantFrom(...Object.values(TensorDatatype)), (shape, datatype) => {
      const count = shape.reduce((product, size) => product * size, 1);
      const body = bodyOf({ name: 'x', shape, datatype });
      if (body.raw_input_contents === undefined) expect(Object.values(body.inputs[0]!.contents!)[0]).toHaveLength(count);
      else expect(Buffer.from(body.raw_input_contents[0]!, 'base64')).toHaveLength(count * 2);
      expect(bodyOf({ name: 'x', shape, datatype })).toEqual(body);
    }),
    { numRuns: 200 },
  );
});

test('inputs that cannot be generated', () => {
  const payload = InferencePayload.generated([
    { name: '', shape: [], datatype: FP32 },
    { name: 'x', shape: [1, -1], datatype: 'FP8' as TensorDatatype },
    { name: 'x', shape: [1.5], datatype: INT8 },
  ]);
  expect(payload._problems("model 'm'")).toEqual([
    "payload of model 'm': input 'x' is there twice: name each once",
    "payload of model 'm': an input has no name: give the one of the metadata of the model",
    "payload of model 'm': shape '[]' of input '' is not valid: use whole numbers from 1, at least one; 1 where the metadata say -1",
    "payload of model 'm': shape '[1,-1]' of input 'x' is not valid: use whole numbers from 1, at least one; 1 where the metadata say -1",
    "payload of model 'm': datatype 'FP8' of input 'x' is not known: use BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, BF16, BYTES",
    "payload of model 'm': shape '[1.5]' of input 'x' is not valid: use whole numbers from 1, at least one; 1 where the metadata say -1",
  ]);
});

test('a body that is written out is taken as it is', () => {
  const body = '{ "inputs": [{ "name": "x", "shape": [1], "datatype": "FP32", "contents": { "fp32_contents": [0] } }] }';
  const payload = InferencePayload.json(body);
  expect([payload._body, payload._problems('m')]).toEqual([body, []]);
});

test.each([
  ['[1]', ["it is '[1]': write an object with 'inputs'"]],
  ['{}', ["'inputs' is 'undefined': write a list with at least one input"]],
  ['{"inputs": []}', ["'inputs' is '[]': write a list with at least one input"]],
  [
    '{"model_name": "a", "modelName": "b", "inputs": [{"name": "x", "data": [1]}]}',
    [
      "'model_name' is in it, and ModelMesh believes the body more than the path: leave it out",
      "'modelName' is in it, and ModelMesh believes the body more than the path: leave it out",
      "input 'x' has its values in 'data', which the gateway drops: put them into 'contents', e.g. {\"fp32_contents\": [0]}",
    ],
  ],
])('a body that the gateway or ModelMesh would not take: %s', (body, problems) => {
  expect(InferencePayload.json(body)._problems("model 'm'")).toEqual(problems.map((problem) => `payload of model 'm': ${problem}`));
});

test('a body that is no JSON', () => {
  expect(InferencePayload.json('{"inputs": [')._problems("model 'm'")).toEqual([
    "payload of model 'm': it is no JSON: Unexpected end of JSON input",
  ]);
});
