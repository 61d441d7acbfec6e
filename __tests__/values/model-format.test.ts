import fc from 'fast-check';
import { ModelFormat } from '../../lib/values/model-format';
import { quote } from '../../lib/values/problems';
import { NOT_STRINGS, anyText } from './arbitraries';

const message = (what: string, quoted: string) =>
  `${what} ${quoted} of a model format is not valid: use at least one character, and no white space, ',', '|' or ':'`;

test.each([
  [ModelFormat.SKLEARN, 'sklearn'],
  [ModelFormat.XGBOOST, 'xgboost'],
  [ModelFormat.LIGHTGBM, 'lightgbm'],
  [ModelFormat.TENSORFLOW, 'tensorflow'],
  [ModelFormat.KERAS, 'keras'],
  [ModelFormat.ONNX, 'onnx'],
  [ModelFormat.PYTORCH, 'pytorch'],
  [ModelFormat.TENSORRT, 'tensorrt'],
  [ModelFormat.OPENVINO_IR, 'openvino_ir'],
  [ModelFormat.PYTORCH_MAR, 'pytorch-mar'],
])('%s has the name that its runtimes list, and no version', (format, name) => {
  expect({ ...format }).toEqual({ name, version: undefined });
  expect(format.toString()).toBe(name);
});

test('a format of any name and version', () => {
  expect({ ...ModelFormat.of('my-Format_2.x', 'opset1') }).toEqual({ name: 'my-Format_2.x', version: 'opset1' });
  expect(ModelFormat.of('onnx', '1').toString()).toBe('onnx:1');
  expect(ModelFormat.of('onnx', '0').toString()).toBe('onnx:0');
});

test('another version is another format', () => {
  const format = ModelFormat.ONNX.withVersion('1');
  expect({ ...format }).toEqual({ name: 'onnx', version: '1' });
  expect({ ...format.withVersion('2') }).toEqual({ name: 'onnx', version: '2' });
  expect({ ...ModelFormat.ONNX }).toEqual({ name: 'onnx', version: undefined });
});

test.each(['', ' ', 'a b', 'a\n', '\ta', 'a\u00a0', 'a\u2028', 'a,b', 'a|b', 'onnx:1', ':'])(
  'refuses the name and the version %j',
  (text) => {
    expect(() => ModelFormat.of(text)).toThrow(new Error(message('name', quote(text))));
    expect(() => ModelFormat.of('onnx', text)).toThrow(new Error(message('version', quote(text))));
    expect(() => ModelFormat.ONNX.withVersion(text)).toThrow(new Error(message('version', quote(text))));
  },
);

test.each(NOT_STRINGS)('refuses the name %s, which is no string', (quoted, value) => {
  expect(() => ModelFormat.of(value)).toThrow(new Error(message('name', `'${quoted}'`)));
});

test.each(NOT_STRINGS.slice(1))('refuses the version %s, which is no string', (quoted, value) => {
  expect(() => ModelFormat.of('onnx', value)).toThrow(new Error(message('version', `'${quoted}'`)));
});

test('whatever is accepted holds no separator of a type constraint', () => {
  fc.assert(
    fc.property(anyText(), anyText(), (name, version) => {
      const holdsSeparator = (text: string) =>
        text === '' || [...text].some((character) => ',|:'.includes(character) || character.trim() === '');
      if (holdsSeparator(name)) {
        expect(() => ModelFormat.of(name, version)).toThrow(new Error(message('name', quote(name))));
      } else if (holdsSeparator(version)) {
        expect(() => ModelFormat.of(name, version)).toThrow(new Error(message('version', quote(version))));
      } else {
        expect(ModelFormat.of(name, version).toString().split(':')).toEqual([name, version]);
      }
    }),
    { numRuns: 1000 },
  );
});
