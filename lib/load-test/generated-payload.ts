import { TensorDatatype } from './tensor-datatype';

/** One input of a model. */
export interface PayloadInput {
  /** Name of the input, as the model's metadata tell it: `GET /v2/models/NAME`. */
  readonly name: string;
  /** Numbers of elements in each dimension, the batch first: `[1, 784]`. */
  readonly shape: number[];
  /** Datatype of the elements. */
  readonly datatype: TensorDatatype;
}

/** How many values there are before they repeat. All datatypes can say them exactly. */
const PERIOD = 16;

/** The list of `InferTensorContents` that carries a datatype; the two that are missing have none. */
const CONTENTS: { readonly [datatype in TensorDatatype]?: string } = {
  BOOL: 'bool_contents',
  UINT8: 'uint_contents',
  UINT16: 'uint_contents',
  UINT32: 'uint_contents',
  UINT64: 'uint64_contents',
  INT8: 'int_contents',
  INT16: 'int_contents',
  INT32: 'int_contents',
  INT64: 'int64_contents',
  FP32: 'fp32_contents',
  FP64: 'fp64_contents',
  BYTES: 'bytes_contents',
};

/** Number of elements of a tensor. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * A request body with inputs of these names, shapes and datatypes: the message ModelInferRequest in the JSON form of protocol buffers, without
 * the name of the model, which the path says. Values repeat after 16 elements: 0, 1, ... 15 for whole numbers, sixteenths of it for others.
 *
 * With an input that has no list of its own in the protocol all inputs go as raw bytes, because a request must not mix the two.
 */
export function generatedPayload(inputs: readonly PayloadInput[]): object {
  const isRaw = inputs.some(({ datatype }) => CONTENTS[datatype] === undefined);
  const described = inputs.map(({ name, shape, datatype }) => ({ name, shape: [...shape], datatype }));
  if (isRaw) return { inputs: described, raw_input_contents: inputs.map((input) => rawContents(input).toString('base64')) };
  return {
    inputs: described.map((input) => ({
      ...input,
      contents: { [CONTENTS[input.datatype]!]: repeated(elementsOf(input.shape), (step) => jsonValue(input.datatype, step)) },
    })),
  };
}

function repeated<T>(length: number, value: (step: number) => T): T[] {
  const period = Array.from({ length: PERIOD }, (_, step) => value(step));
  return Array.from({ length }, (_, index) => period[index % PERIOD]!);
}

function jsonValue(datatype: TensorDatatype, step: number): boolean | number | string {
  switch (datatype) {
    case TensorDatatype.BOOL:
      return step % 2 === 1;
    case TensorDatatype.FP32:
    case TensorDatatype.FP64:
      return step / PERIOD;
    case TensorDatatype.BYTES:
      return textOf(step).toString('base64');
    default:
      return step;
  }
}

/** The elements row by row, little endian; texts each after their length. */
function rawContents({ shape, datatype }: PayloadInput): Buffer {
  return Buffer.concat(repeated(elementsOf(shape), (step) => rawValue(datatype, step)));
}

function rawValue(datatype: TensorDatatype, step: number): Buffer {
  switch (datatype) {
    case TensorDatatype.BOOL:
      return Buffer.from([step % 2]);
    case TensorDatatype.UINT8:
    case TensorDatatype.INT8:
      return littleEndian(step, 1);
    case TensorDatatype.UINT16:
    case TensorDatatype.INT16:
      return littleEndian(step, 2);
    case TensorDatatype.UINT32:
    case TensorDatatype.INT32:
      return littleEndian(step, 4);
    case TensorDatatype.UINT64:
    case TensorDatatype.INT64:
      return littleEndian(step, 8);
    case TensorDatatype.FP16:
      return littleEndian(sixteenthsAsFloat(step, 15, 10), 2);
    case TensorDatatype.BF16:
      return littleEndian(sixteenthsAsFloat(step, 127, 7), 2);
    case TensorDatatype.FP32: {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatLE(step / PERIOD);
      return bytes;
    }
    case TensorDatatype.FP64: {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(step / PERIOD);
      return bytes;
    }
    case TensorDatatype.BYTES:
      return Buffer.concat([littleEndian(textOf(step).length, 4), textOf(step)]);
  }
}

function textOf(step: number): Buffer {
  return Buffer.from(`text ${step}`, 'utf8');
}

function littleEndian(value: number, byteCount: number): Buffer {
  const bytes = Buffer.alloc(byteCount);
  bytes[0] = value % 256;
  if (byteCount > 1) bytes[1] = value >> 8;
  return bytes;
}

/** The bits of `step / 16` as a binary float with an exponent of this bias and a fraction of so many bits. The sign is 0. */
function sixteenthsAsFloat(step: number, bias: number, fractionBits: number): number {
  if (step === 0) return 0;
  const exponent = Math.floor(Math.log2(step));
  return ((exponent - Math.log2(PERIOD) + bias) << fractionBits) | ((step / 2 ** exponent - 1) * 2 ** fractionBits);
}
