import fc from 'fast-check';
import {
  isSupported,
  type ModelType,
  modelTypeText,
  neededLabels,
  offerOf,
  runtimeLabels,
  type RuntimeOffer,
} from '../../../lib/modelmesh/runtime/labels';
import { setOf } from '../../support/checks';

const offer: RuntimeOffer = {
  name: 'rt',
  formats: [
    { name: 'sklearn', version: '0', autoSelect: true },
    { name: 'mlflow', autoSelect: true },
    { name: 'onnx', version: '1', autoSelect: false },
  ],
  protocolVersions: ['grpc-v2'],
};

describe('the labels of a runtime', () => {
  test('its selected formats, each with and without version, its protocols and its name', () => {
    expect([...runtimeLabels(offer, false)]).toEqual(['mt:sklearn', 'mt:sklearn:0', 'mt:mlflow', 'pv:grpc-v2', 'rt:rt']);
  });

  test('the REST proxy adds v2 to grpc-v2, and to nothing else', () => {
    expect(runtimeLabels(offer, true)).toContain('pv:v2');
    expect(runtimeLabels({ ...offer, protocolVersions: ['grpc-v1'] }, true)).not.toContain('pv:v2');
    expect([...runtimeLabels({ ...offer, protocolVersions: [] }, true)].filter((label) => label.startsWith('pv:'))).toEqual([]);
  });
});

describe('the type of a model', () => {
  test.each<[ModelType, string]>([
    [{ format: 'sklearn' }, 'mt:sklearn'],
    [{ format: 'sklearn', version: '0' }, 'mt:sklearn:0'],
    [{ format: 'sklearn', version: '' }, 'mt:sklearn:'],
    [{ format: 'sklearn', protocolVersion: 'v2' }, 'mt:sklearn|pv:v2'],
    [{ format: 'sklearn', protocolVersion: '' }, 'mt:sklearn'],
    [{ format: 'sklearn', version: '7', protocolVersion: 'v1', runtime: 'rt' }, 'rt:rt'],
    [{ format: 'sklearn', runtime: '' }, 'mt:sklearn'],
  ])('%j', (type, text) => {
    expect(modelTypeText(type)).toBe(text);
  });

  test('a separator takes it apart', () => {
    expect(neededLabels({ format: 'a|pv:v2' })).toEqual(['mt:a', 'pv:v2']);
  });
});

describe('what is served', () => {
  const serves = (type: ModelType): boolean => isSupported(type, runtimeLabels(offer, true));

  test('the format in any version, in the listed one, and with a listed protocol', () => {
    expect([{ format: 'sklearn' }, { format: 'sklearn', version: '0' }, { format: 'sklearn', protocolVersion: 'v2' }].map(serves)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('no other case, version or protocol, no version of a format without, nothing that is not selected', () => {
    const types = [
      { format: 'SKLearn' },
      { format: 'sklearn', version: '0.1' },
      { format: 'sklearn', protocolVersion: 'v1' },
      { format: 'mlflow', version: '2' },
      { format: 'onnx', version: '1' },
    ];
    expect(types.map(serves)).toEqual([false, false, false, false, false]);
  });

  test('a named runtime, whatever else the model asks for', () => {
    expect(serves({ format: 'anything', version: '9', protocolVersion: 'v1', runtime: 'rt' })).toBe(true);
    expect(serves({ format: 'sklearn', runtime: 'other' })).toBe(false);
  });

  test('labels are texts: a colon in a name is a version', () => {
    const labels = runtimeLabels({ name: 'rt', formats: [{ name: 'sk:1', autoSelect: true }], protocolVersions: [] }, true);
    expect(isSupported({ format: 'sk', version: '1' }, labels)).toBe(true);
    expect(isSupported({ format: 'sk' }, labels)).toBe(false);
  });

  test('a model gets a runtime that selects its format, and never one that lists nothing', () => {
    const text = fc.stringMatching(/^[a-z0-9._-]{1,8}$/);
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), text, (name, version, protocol) => {
        const labels = runtimeLabels({ name: 'rt', formats: [{ name, version, autoSelect: true }], protocolVersions: [protocol] }, false);
        const empty = runtimeLabels({ name: 'rt', formats: [], protocolVersions: [protocol] }, false);
        for (const type of [{ format: name }, { format: name, version }, { format: name, version, protocolVersion: protocol }]) {
          expect(isSupported(type, labels)).toBe(true);
          expect(isSupported(type, empty)).toBe(false);
        }
      }),
    );
  });
});

test('what a manifest offers; odd values are no formats', () => {
  const set = setOf(`
apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: rt }
spec:
  supportedModelFormats: [{ name: a, version: 1, autoSelect: true }, { name: b, autoSelect: 'true' }, 7]
  protocolVersions: [v2, { odd: true }]
`);
  expect(offerOf(set.all[0]!)).toEqual({
    name: 'rt',
    formats: [
      { name: 'a', version: '1', autoSelect: true },
      { name: 'b', version: undefined, autoSelect: false },
      { name: '', version: undefined, autoSelect: false },
    ],
    protocolVersions: ['v2'],
  });
});
